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
export const ourBooks = (bus: Bus): Sums => sumsOf(bus.heard(payments).flatMap((record) => entryOf(record as never)));

function entryOf({ type, data }: Pick<PaymentEvent, 'type' | 'data'>): Entry[] {
  const { amount } = data as { amount?: { value: string; currency: string } };
  if (amount === undefined) return [];
  switch (type) {
    case 'PaymentSucceeded':
      return [[amount.currency, signed(amount.value, false)]];
    case 'RefundSucceeded':
      return [[amount.currency, signed(amount.value, true)]];
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
