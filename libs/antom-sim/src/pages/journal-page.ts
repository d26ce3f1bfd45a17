import { type JournalEntry } from '../journal.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { table } from './state-page.js';

const shown = 200;

/** The last entries of the journal, the newest first. */
export function journalPage(entries: readonly JournalEntry[]): string {
  const rows = entries.slice(-shown).reverse().map(row);
  const body = html`<h1>Journal</h1>
    <p><a href="/_sim/">Back</a> · <a href="/_sim/journal">All of it as NDJSON</a></p>
    ${table(`The last ${rows.length} entries`, ['Number', 'At', 'Kind', 'Payment request', 'What'], rows)}`;
  return layout({ language: 'en', title: 'Journal', body, wide: true });
}

function row({ number, at, kind, ...rest }: JournalEntry): string[] {
  const { paymentRequestId = '', ...details } = rest as { paymentRequestId?: string } & Record<string, unknown>;
  const told = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return [String(number), at, kind, paymentRequestId, told.join(', ')];
}
