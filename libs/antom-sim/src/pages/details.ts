import { type Session } from '../state/views.js';
import { html, type Html } from './html.js';
import { printMoney } from './print.js';
import { type Language, languages } from './words/languages.js';

/** What is to be paid. */
export function details(session: Session, language: Language, more: readonly (readonly [string, string])[] = []): Html {
  const words = languages[language];
  const rows = [
    [words.shopOrder, session.description],
    [words.amount, printMoney(session.amount, language)],
    [words.reference, session.paymentId ?? ''],
    ...more,
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}
