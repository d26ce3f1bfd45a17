import { type Place, type ReactionRow, type ReactionRule } from './reaction.js';
import { undecided, unlisted } from './reaction-to.js';
import { reactionRows } from './rows.js';
import { codesWithoutReaction } from './without-reaction.js';

const head = `# Result codes of Antom, and what Kasir does about them

Printed from the table in \`libs/antom/src/reactions\` by \`npm run docs:antom\`; a test fails where it is stale.

Every answer carries a letter: \`S\` done, \`F\` refused, \`U\` nobody knows yet. A letter that is none of them counts as \`U\`.
An unsigned \`S\` is never believed; an unsigned \`F\` or \`U\` is an alarm about keys or client id and settles nothing.

*Settles* says whether the code ends the call: it did what was asked, or it did not. Where it does not, the call stays open, and
so does the payment. After a call that went unanswered, even a code that settles says nothing about the earlier try.

Confidence: **a** Antom says so, **b** inferred from public integrations. What nobody says is in [antom-unknowns.md](antom-unknowns.md).
`;

const places: ReadonlyMap<Place, string> = new Map<Place, string>([
  ['createPaymentSession', 'In the answer to createPaymentSession'],
  ['inquiryPayment', 'In the answer to inquiryPayment (of the question, not of the payment)'],
  ['cancel', 'In the answer to cancel'],
  ['refund', 'In the answer to refund'],
  ['inquiryRefund', 'In the answer to inquiryRefund (of the question, not of the refund)'],
  ['consult', 'In the answer to consult'],
  ['payment result', 'As the result of a payment: in a notification, or `paymentResultCode` of an inquiry'],
]);

/** The table of reactions as a page. */
export const reactionsAsMarkdown = (): string =>
  `${[head, ...[...places].map(([place, title]) => section(place, title)), others].join('\n')}`;

const others = [
  '## Codes that have no reaction of their own',
  '',
  '| code | where | what it means |',
  '|---|---|---|',
  ...codesWithoutReaction.map(({ code, place, meaning }) => `| \`${code}\` | ${place} | ${meaning} |`),
  '',
].join('\n');

const section = (place: Place, title: string): string =>
  [
    `## ${title}`,
    '',
    '| code | | do | settles | confidence | source | note |',
    '|---|---|---|---|---|---|---|',
    ...reactionRows.filter((row) => row.place === place).map(line),
    defaultLine('any other', 'U', undecided[place]),
    defaultLine('any other', 'F', unlisted[place]),
    '',
  ].join('\n');

const line = ({ code, status, reaction, final, confidence, source, note = '' }: ReactionRow): string =>
  `| \`${code}\` | ${status} | ${reaction} | ${final ? 'yes' : 'no'} | ${confidence} | ${source} | ${note} |`;

const defaultLine = (code: string, status: string, { reaction, final, confidence }: ReactionRule): string =>
  `| ${code} | ${status} | ${reaction} | ${final ? 'yes' : 'no'} | ${confidence} | | |`;
