import { html } from './html.js';
import { layout } from './layout.js';
import { type Language, languages } from './words/languages.js';

/** What Antom's web SDK shows in its frame. The script fills it in when the SDK says which session it is. */
export function cashierPage(language: Language): string {
  const words = languages[language];
  const said = { ...words, continueTo: words.continueTo('{bank}'), opening: words.opening('{bank}') };
  const body = html`<h1 id="title" tabindex="-1">${words.chooseBank}</h1>
    <p id="amount"></p>
    <form id="banks" data-words="${JSON.stringify(said)}"></form>
    <p id="status" role="status"></p>
    <p id="problem" class="alarm" role="alert"></p>`;
  return layout({ language, title: words.chooseBank, body, scripts: ['cashier.js'] });
}
