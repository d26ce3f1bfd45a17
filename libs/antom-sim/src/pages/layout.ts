import { html, type Html } from './html.js';
import { type Language, languages } from './words/languages.js';

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  /** Where the same page is in another language; without it nothing is offered. */
  readonly address?: (language: Language) => string;
  /** Scripts of our own, by their file names. */
  readonly scripts?: readonly string[];
  /** The colour of the bank, as the style sheet knows it. */
  readonly look?: 'app' | 'online' | 'transfer';
  /** For tables. */
  readonly wide?: boolean;
}

/** A whole page. Each of them says that it is a simulator's. */
export function layout({ language, title, body, address, scripts = [], look = 'app', wide = false }: Page): string {
  const words = languages[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.simulator}: ${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_sim/assets/pages.css" />
        ${scripts.map((script) => html`<script defer src="/_sim/assets/${script}"></script>`)}
      </head>
      <body class="${look}">
        <div class="banner" role="note"><strong>${words.simulator}</strong> ${words.noMoney}</div>
        ${address === undefined ? undefined : languageLinks(language, address)}
        <main class="${wide ? 'wide' : ''}">${body}</main>
      </body>
    </html>`.text;
}

const languageLinks = (current: Language, address: (language: Language) => string): Html => html`
  <nav aria-label="${languages[current].languages}">
    ${(Object.keys(languages) as Language[]).map((each) =>
      each === current
        ? html`<span lang="${each}" aria-current="true">${languages[each].language}</span>`
        : html`<a lang="${each}" hreflang="${each}" href="${address(each)}">${languages[each].language}</a>`,
    )}
  </nav>
`;
