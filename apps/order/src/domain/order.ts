import { type OrderFacts } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome, sameMoney } from '@kasir/kernel';

export type OrderStatus = 'expected' | 'open' | 'paid';

/** Every arrow in an order's life. `expected` is an order whose payment was heard of before its attempt. */
export const orderLife = {
  open: { from: ['expected'], to: 'open' },
  pay: { from: ['open'], to: 'paid' },
} as const satisfies Life<string, OrderStatus>;

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  readonly facts: OrderFacts | null;
  /** The one success that is kept. */
  readonly paidBy: Payment | null;
}

/** One way in which an order may be paid. */
export interface Attempt {
  readonly paymentSessionId: string;
  readonly orderId: string;
  /** What the shopper was asked to pay; a promotion makes it differ from the order's amount. */
  readonly amount: Money;
}

/** Which payment of which attempt: an attempt may succeed twice under two payment ids. */
export interface Payment {
  readonly paymentSessionId: string;
  readonly paymentId: string;
}

export interface Success extends Payment {
  readonly amount: Money;
  readonly paidAt: string;
}

/** Why money that arrived cannot simply pay the order. */
export type Trouble = 'second-success' | 'amount-mismatch';

export type Settlement = Outcome<Order> & { readonly trouble?: Trouble };

export const openOrder = (order: Order, facts: OrderFacts): Outcome<Order> =>
  follow<keyof typeof orderLife, OrderStatus, Order>(orderLife, 'open', { ...order, facts: order.facts ?? facts });

/** The first success in the amount that was asked pays the order; any other is put before a person. */
export function settle(order: Order, attempt: Attempt, success: Success): Settlement {
  if (!sameMoney(attempt.amount, success.amount))
    return { kind: 'refused', thing: order, reason: 'the amount differs', trouble: 'amount-mismatch' };
  if (order.paidBy !== null && !samePayment(order.paidBy, success))
    return { kind: 'refused', thing: order, reason: 'another payment is kept', trouble: 'second-success' };
  const { paymentSessionId, paymentId } = success;
  const paidBy = { paymentSessionId, paymentId };
  return follow<keyof typeof orderLife, OrderStatus, Order>(orderLife, 'pay', { ...order, paidBy });
}

const samePayment = (a: Payment, b: Payment): boolean =>
  a.paymentSessionId === b.paymentSessionId && a.paymentId === b.paymentId;
