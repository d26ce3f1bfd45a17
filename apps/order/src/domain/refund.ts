import { addMoney, type Money } from '@kasir/kernel';
import { type Order, type Payment, samePayment, type Trouble } from './order.js';

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
  readonly origin: 'requested' | 'unasked';
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
