import { type Simulator } from '@kasir/antom-sim';
import { payments, type PaymentEvent } from '@kasir/contracts';
import { type Bus } from '@kasir/testing';

/** Sums of minor units by currency. */
export type Sums = Readonly<Record<string, string>>;

type Entry = readonly [currency: string, value: bigint];

/** What moved, as Antom knows it. */
export const theirBooks = (antom: Simulator): Sums =>
  sumsOf(antom.ledger().map(({ kind, amount }) => [amount.currency, signed(amount.value, kind === 'refund')]));

/** What moved, as we told it. Money after a cancel is Antom's to give back, and never ours. */
export function ourBooks(bus: Bus): Sums {
  const told = bus.heard(payments) as unknown as readonly PaymentEvent[];
  const succeeded = new Set(told.flatMap(({ type, data }) => (type === 'PaymentSucceeded' ? [data.paymentId] : [])));
  return sumsOf(told.flatMap((event) => entryOf(event, succeeded)));
}

/** A success counts more than another amount of the same payment. */
function entryOf({ type, data }: PaymentEvent, succeeded: ReadonlySet<string>): Entry[] {
  switch (type) {
    case 'PaymentSucceeded':
      return [[data.amount.currency, signed(data.amount.value, false)]];
    case 'PaymentNeedsAttention':
      if (data.kind !== 'other-amount' || data.received === undefined || succeeded.has(data.paymentId ?? '')) return [];
      return [[data.received.currency, signed(data.received.value, false)]];
    case 'PaymentReturned':
      return succeeded.has(data.paymentId) ? [[data.amount.currency, signed(data.amount.value, true)]] : [];
    case 'RefundSucceeded':
      return [[data.amount.currency, signed(data.amount.value, true)]];
    default:
      return [];
  }
}

const signed = (value: string, back: boolean): bigint => (back ? -BigInt(value) : BigInt(value));

function sumsOf(entries: readonly Entry[]): Sums {
  const sums = new Map<string, bigint>();
  for (const [currency, value] of entries) sums.set(currency, (sums.get(currency) ?? 0n) + value);
  return Object.fromEntries([...sums].sort().map(([currency, sum]) => [currency, String(sum)]));
}
