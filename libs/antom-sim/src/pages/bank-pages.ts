import { type Session } from '../state/views.js';
import { answerForm } from './answer-form.js';
import { details } from './details.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { printTime } from './print.js';
import { type Language, languages } from './words/languages.js';

export interface BankScreen {
  readonly session: Session;
  readonly language: Language;
}

const addressOf =
  ({ paymentId }: Session, step = '') =>
  (language: Language) =>
    `/bank/${paymentId}?lang=${language}${step}`;

const bankOf = ({ bankName = '' }: Session): string => bankName;

/** The log-in page of a bank. It takes every name and every password. */
export function logInPage({ session, language }: BankScreen, incomplete = false): string {
  const words = languages[language];
  const title = words.logInTitle(bankOf(session));
  const body = html`<h1>${title}</h1>
    ${details(session, language)}
    <form method="post">
      <input type="hidden" name="lang" value="${language}" />
      ${incomplete ? html`<p class="alarm" role="alert">${words.fillIn}</p>` : ''}
      <p id="anything">${words.anything}</p>
      <label class="field"
        >${words.userName} <input name="user" autocomplete="off" aria-describedby="anything"
      /></label>
      <label class="field"
        >${words.password} <input name="password" type="password" autocomplete="off" aria-describedby="anything"
      /></label>
      <button name="does" value="log in">${words.logIn}</button>
      <button class="second" name="does" value="cancel">${words.cancel}</button>
    </form>`;
  return layout({ language, title, body, address: addressOf(session), look: 'online' });
}

/** The page on which a buyer confirms, in an app or after the log-in. */
export function confirmPage({ session, language }: BankScreen, look: 'app' | 'online'): string {
  const words = languages[language];
  const title = words.confirmTitle(bankOf(session));
  const body = html`<h1>${title}</h1>
    ${details(session, language)} ${answerForm(language, words.confirm, look)}`;
  const address = addressOf(session, look === 'online' ? '&step=confirm' : '');
  return layout({ language, title, body, address, look });
}

/** The page with the number to which the buyer transfers the money, somewhere else and later. */
export function transferPage({ session, language }: BankScreen): string {
  const words = languages[language];
  const title = words.transferTitle(bankOf(session));
  const account = accountNumber(session);
  const until = printTime(session.timesOutAt!, session.amount.currency, language);
  const body = html`<h1>${title}</h1>
    ${details(session, language, [[words.payBefore, until]])}
    <h2>${words.accountNumber}</h2>
    <p class="code">${account.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</p>
    <button class="second" type="button" data-copies="${account}" data-says="${words.copied}">${words.copy}</button>
    <p id="copied" role="status"></p>
    <ol>
      ${words.transferSteps.map((step) => html`<li>${step}</li>`)}
    </ol>
    ${answerForm(language, words.paidAtBank, 'transfer')}`;
  return layout({ language, title, body, address: addressOf(session), look: 'transfer', scripts: ['copy.js'] });
}

/** 16 digits that belong to this payment alone. */
const accountNumber = ({ paymentId = '' }: Session): string => `8${paymentId.slice(-15)}`;
