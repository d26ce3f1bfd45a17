import { type Rule } from '../rules/rules.js';
import { type LedgerEntry, type NotificationState, type Session } from '../state/views.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { printMoney } from './print.js';

export interface State {
  readonly now: Date;
  readonly sessions: readonly Session[];
  readonly ledger: readonly LedgerEntry[];
  readonly notifications: readonly NotificationState[];
  readonly rules: readonly Rule[];
  readonly scenarios: readonly string[];
}

/** How many of each kind the page shows, the newest first. */
const shown = 50;

/** What the simulator knows, for people, with the commonest things to do about it. */
export function statePage(state: State): string {
  const { now, sessions, ledger, notifications, rules, scenarios } = state;
  const body = html`<h1>Antom simulator</h1>
    <p>Its clock says <time datetime="${now.toISOString()}">${now.toISOString()}</time>.</p>
    <form data-posts="/_sim/clock/advance">
      <label class="field"
        >Move the clock on, in milliseconds <input name="ms" inputmode="numeric" value="60000"
      /></label>
      <button>Move on</button>
    </form>
    <p id="said" role="status"></p>
    <p>
      <a href="/_sim/journal/page">Journal</a> · <a href="/_sim/ledger">Ledger as JSON</a> ·
      <a href="/_sim/refunds">Refunds as JSON</a>
    </p>
    ${ruleSection(rules, scenarios)}
    ${table('Sessions', ['Payment request', 'Order', 'Amount', 'Bank', 'Status', 'What you can do'], newest(sessions).map(sessionRow))}
    ${table('Ledger', ['At', 'What', 'Payment request', 'Payment', 'Amount'], newest(ledger).map(ledgerRow))}
    ${table(
      'Notifications',
      ['Written', 'Payment request', 'About', 'Deliveries', 'Acknowledged', 'What you can do'],
      newest(notifications).map(notificationRow),
    )}`;
  return layout({ language: 'en', title: 'Antom simulator', body, scripts: ['state.js'], wide: true });
}

const newest = <Item>(items: readonly Item[]): Item[] => items.slice(-shown).reverse();

const ruleSection = (rules: readonly Rule[], scenarios: readonly string[]): Html => html`
  ${table('Rules in force', ['Number', 'Scenario', 'For', 'Left'], rules.map(ruleRow))}
  <form data-posts="/_sim/scenarios">
    <label class="field">Scenario <input name="scenario" list="scenarios" required /></label>
    <datalist id="scenarios">${scenarios.map((name) => html`<option value="${name}"></option>`)}</datalist>
    <label class="field">For payments like <input name="match" value="*" /></label>
    <button>Add the rule</button>
  </form>
`;

const button = (text: string, posts: string): Html =>
  html`<button class="second" type="button" data-posts="${posts}">${text}</button>`;

export function table(caption: string, heads: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html {
  return html`<section class="scroll">
    <table>
      <caption>
        <h2>${caption}</h2>
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </section>`;
}

function sessionRow({ paymentRequestId, referenceOrderId, amount, bank, status, paymentId, bankName }: Session) {
  const over = status === 'paid' || status === 'cancelled' || status === 'timed out';
  const address = `/_sim/sessions/${encodeURIComponent(paymentRequestId)}`;
  const atBank = status === 'submitted' ? html`<a href="/bank/${paymentId}">at ${bankName}</a>` : (bankName ?? '');
  return [
    paymentRequestId,
    referenceOrderId,
    printMoney(amount, 'en'),
    html`${Object.values(bank).join(', ')} ${atBank}`,
    status,
    over ? '' : html`${button('Pay', `${address}/pay`)} ${button('Refuse', `${address}/refuse`)}`,
  ];
}

const ledgerRow = ({ at, kind, paymentRequestId, paymentId, amount }: LedgerEntry) => [
  at,
  kind,
  paymentRequestId,
  paymentId,
  printMoney(amount, 'en'),
];

const notificationRow = ({ id, at, paymentRequestId, about, outcome, deliveries, acknowledged }: NotificationState) => [
  at,
  paymentRequestId,
  `${about} ${outcome}`,
  String(deliveries),
  acknowledged ? 'yes' : 'no',
  button('Send again', `/_sim/notifications/${id}/resend`),
];

const ruleRow = ({ id, scenario, match = '*', bank, amount, left }: Rule) => [
  String(id),
  scenario,
  [match, bank, amount].filter(Boolean).join(', '),
  left === -1 ? 'always' : String(left),
];
