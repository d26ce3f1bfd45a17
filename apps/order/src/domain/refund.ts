import { addMoney, type Money } from '@kasir/kernel';
import { type Attempt, type Order, type Payment, samePayment, type Success, type Trouble } from './order.js';

/** Money that arrived, and what became of it. */
export interface ReceivedPayment extends Payment {
  readonly orderId: string;
  readonly amount: Money;
  readonly paidAt: string;
  /** `kept` pays the order; anything else is a case. */
  readonly standing: 'kept' | Trouble;
}

/** Money that went back to the shopper. */
export interface Refund extends Payment {
  readonly orderId: string;
  readonly refundRequestId: string;
  readonly amount: Money;
  readonly refundedAt: string;
  readonly origin: 'requested' | 'double' | 'unasked';
  /** When the news of it was said. */
  readonly heardAt: string;
}

/** How a payment stands after a refund. */
export interface Balance {
  readonly kept: boolean;
  readonly refunded: Money;
  /** Never less than nothing. */
  readonly remainder: Money;
  /** Whether more went back than ever came. */
  readonly exceeded: boolean;
}

/** @throws RangeError where the currencies differ */
export function balanceAfter(order: Order, payment: ReceivedPayment, refunds: readonly Money[]): Balance {
  const { amount } = payment;
  const refunded = refunds.reduce(addMoney, { value: '0', currency: amount.currency });
  const left = BigInt(amount.value) - BigInt(refunded.value);
  return {
    kept: order.paidBy !== null && samePayment(order.paidBy, payment),
    refunded,
    remainder: { value: String(left < 0n ? 0n : left), currency: amount.currency },
    exceeded: left < 0n,
  };
}

const doublePrefix = 'rf_double_';
const refundRequestId = /^[A-Za-z0-9_-]{1,64}$/;

/** Which payment a refund of ours was to give back, where it was one of a double. */
export const doubleOf = (id: string): string | undefined =>
  id.startsWith(doublePrefix) ? id.slice(doublePrefix.length) : undefined;

/**
 * The id under which a second payment goes back by itself, or undefined where a person decides: the rule does not name the kind of
 * bank, the shopper did not choose by kind, both payments are of one attempt (Antom returns the earlier one by itself), or no id fits.
 */
export function refundOfDouble(
  kept: Payment | null,
  { category }: Attempt,
  { paymentSessionId, paymentId }: Success,
  categories: readonly string[],
): string | undefined {
  if (kept === null || kept.paymentSessionId === paymentSessionId) return undefined;
  if (category === null || !categories.includes(category)) return undefined;
  const id = doublePrefix + paymentId;
  return refundRequestId.test(id) ? id : undefined;
}
