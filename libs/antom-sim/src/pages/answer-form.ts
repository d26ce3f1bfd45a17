import { html, type Html } from './html.js';
import { type Language, languages } from './words/languages.js';

/** How the bank answers is the buyer's choice: that is what a simulator is for. */
export function answerForm(language: Language, submit: string): Html {
  const words = languages[language];
  const answers = Object.entries(words.answers);
  return html`<form method="post">
    <input type="hidden" name="lang" value="${language}" />
    <fieldset>
      <legend>${words.bankAnswers}</legend>
      ${answers.map(
        ([name, text], n) =>
          html`<label
            ><input type="radio" name="answer" value="${name}" ${n === 0 ? html`checked` : ''} /> ${text}</label
          >`,
      )}
    </fieldset>
    <button name="does" value="answer">${submit}</button>
    <button class="second" name="does" value="cancel">${words.cancel}</button>
  </form>`;
}
