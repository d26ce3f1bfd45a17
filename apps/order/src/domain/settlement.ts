import { type Money, sameMoney } from '@kasir/kernel';
import { type ReceivedPayment } from './payment.js';
import { type MoneyBack } from './refund.js';

/** One line of a settlement file: money that Antom says it moved, before fees, in the currency of the payment. */
export interface SettledRow {
  /** Where it stands in the file. */
  readonly line: number;
  readonly kind: 'payment' | 'refund';
  readonly orderId?: string | undefined;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  /** Of refunds only. */
  readonly refundRequestId?: string | undefined;
  readonly amount: { readonly value: string; readonly currency: string };
  /** What Antom's inquiry said of it, where somebody asked. */
  readonly inquiry?: string | undefined;
}

/** What our own books hold of a row. */
export interface Recorded {
  /** All that this attempt brought. */
  readonly payments: readonly ReceivedPayment[];
  readonly refund: MoneyBack | undefined;
}

export interface Known extends Recorded {
  /** The order of those payments, else the one that the file names; null where neither is known here. */
  readonly orderId: string | null;
}

export type Finding =
  'unknown-payment' | 'not-paid-here' | 'unknown-refund' | 'amount-differs' | 'inquiry-disagrees' | 'missing-in-file';

export interface Difference {
  readonly finding: Finding;
  /** What we believe. */
  readonly ours: string;
  /** What the file says. */
  readonly theirs: string;
}

/** What a row and our books disagree about, or undefined where they agree. */
export function compareRow(row: SettledRow, known: Known): Difference | undefined {
  const ours = row.kind === 'payment' ? known.payments.find((each) => each.paymentId === row.paymentId) : known.refund;
  const theirs = inWords(row.amount);
  if (ours === undefined) return { finding: whyUnknown(row, known), ours: beliefs(known), theirs };
  if (!sameAmount(row.amount, ours.amount)) return { finding: 'amount-differs', ours: inWords(ours.amount), theirs };
  if (row.inquiry !== undefined && row.inquiry !== 'SUCCESS')
    return { finding: 'inquiry-disagrees', ours: inWords(ours.amount), theirs: `${theirs}, inquiry ${row.inquiry}` };
  return undefined;
}

export const missingInFile = ({ amount }: { readonly amount: Money }): Difference => ({
  finding: 'missing-in-file',
  ours: inWords(amount),
  theirs: 'nothing',
});

/** A payment is named by Antom's id, a refund by ours. */
export const referenceOf = (row: Pick<SettledRow, 'paymentId' | 'refundRequestId'>): string =>
  row.refundRequestId ?? row.paymentId;

function whyUnknown({ kind }: SettledRow, { orderId }: Known): Finding {
  if (kind === 'refund') return 'unknown-refund';
  return orderId === null ? 'unknown-payment' : 'not-paid-here';
}

const beliefs = ({ payments }: Known): string =>
  payments.map(({ paymentId, amount }) => `${paymentId}: ${inWords(amount)}`).join(', ') || 'nothing';

const sameAmount = (theirs: SettledRow['amount'], ours: Money): boolean =>
  /^\d+$/.test(theirs.value) && sameMoney(theirs, ours);

const inWords = ({ value, currency }: SettledRow['amount']): string => `${value} ${currency}`;
