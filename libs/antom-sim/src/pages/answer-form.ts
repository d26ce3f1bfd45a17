import { html, type Html } from './html.js';
import { type Language, languages } from './words/languages.js';

/** Only who transfers the money himself can mistake the amount. */
const ofTransfers: readonly string[] = ['less', 'more'];

/** How the bank answers is the buyer's choice: that is what a simulator is for. */
export function answerForm(language: Language, submit: string, look: 'app' | 'online' | 'transfer'): Html {
  const words = languages[language];
  const answers = Object.entries(words.answers).filter(([name]) => look === 'transfer' || !ofTransfers.includes(name));
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
