import { type Session } from '../state/views.js';
import { details } from './details.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { type Language, languages } from './words/languages.js';

export type WayBack = 'link' | 'new window' | 'none';

/** What a bank says when there is nothing left to do there. */
export function endPage(session: Session, language: Language, wayBack: WayBack): string {
  const words = languages[language];
  const { status } = session;
  const said = status === 'open' || status === 'submitted' ? words.unknownPayment : words.ended[status];
  const body = html`<div role="status"><h1>${said}</h1></div>
    ${details(session, language)} ${back(session.redirectUrl, wayBack, language)}`;
  const address = (each: Language) => `/bank/${session.paymentId}?lang=${each}`;
  return layout({ language, title: said, body, address });
}

function back(url: string, wayBack: WayBack, language: Language): Html {
  const words = languages[language];
  switch (isPlace(url) ? wayBack : 'none') {
    case 'link':
      return html`<a class="button" href="${url}">${words.backToShop}</a>`;
    case 'new window':
      return html`<a class="button" href="${url}" target="_blank" rel="noopener noreferrer">${words.otherBrowser}</a>`;
    case 'none':
      return html`<p>${words.mayClose} ${words.goBackYourself}</p>`;
  }
}

export function unknownPage(language: Language): string {
  const { unknownPayment: title } = languages[language];
  return layout({ language, title, body: html`<div role="status"><h1>${title}</h1></div>` });
}

/** Whether an address leads somewhere; one that is a program does not. */
const isPlace = (url: string): boolean =>
  !['javascript:', 'data:', 'vbscript:'].includes(URL.parse(url)?.protocol ?? '');
