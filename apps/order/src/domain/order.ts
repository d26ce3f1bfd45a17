import { type OrderFacts } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome, sameMoney } from '@kasir/kernel';
import { type AttemptEnd } from './attempt-end.js';

export type OrderStatus = 'expected' | 'open' | 'closing' | 'closed' | 'paid';

/**
 * Every arrow in an order's life. `expected` is an order whose payment or case was heard of before its attempt; `closing` takes no
 * new attempt, and the ones it has may still pay it.
 */
export const orderLife = {
  open: { from: ['expected'], to: 'open' },
  seal: { from: ['expected', 'open'], to: 'closing' },
  close: { from: ['closing'], to: 'closed' },
  pay: { from: ['open', 'closing'], to: 'paid' },
  reopen: { from: ['closed'], to: 'paid' },
} as const satisfies Life<string, OrderStatus>;

type OrderStep = keyof typeof orderLife;

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  readonly facts: OrderFacts | null;
  /** The one success that is kept. */
  readonly paidBy: Payment | null;
  readonly seal: Seal | null;
}

/** No new attempt will start; these are all that ever did. */
export interface Seal {
  readonly cause: 'expired' | 'requested';
  readonly paymentSessionIds: readonly string[];
}

/** One way in which an order may be paid. */
export interface Attempt {
  readonly paymentSessionId: string;
  readonly orderId: string;
  /** What the shopper was asked to pay; a promotion makes it differ from the order's amount. */
  readonly amount: Money;
  /** The kind of bank, where the shopper chose by it. */
  readonly category: string | null;
}

/** Which payment of which attempt: an attempt may succeed twice under two payment ids. */
export interface Payment {
  readonly paymentSessionId: string;
  readonly paymentId: string;
}

export interface Success extends Payment {
  readonly amount: Money;
  readonly paidAt: string;
  /** When the news of it was said. */
  readonly heardAt: string;
}

/** Why money that arrived does not pay the order. */
export type Trouble = 'second-success' | 'amount-mismatch' | 'late-payment' | 'paid-after-cancel';

/** What becomes of a success that comes after its order was closed. */
export type LatePayment = 'case' | 'reopen';

export type Settlement = Outcome<Order> & { readonly trouble?: Trouble };

function take(step: OrderStep, order: Order, change: Partial<Order> = {}): Outcome<Order> {
  const outcome = follow<OrderStep, OrderStatus, Order>(orderLife, step, order);
  return outcome.kind === 'moved' ? { kind: 'moved', thing: { ...outcome.thing, ...change } } : outcome;
}

export const openOrder = (order: Order, facts: OrderFacts): Outcome<Order> => take('open', order, { facts });

export const sealOrder = (order: Order, seal: Seal): Outcome<Order> => take('seal', order, { seal });

/** Closed is only what was sealed, after the end of each of its attempts. */
export function closeOrder(order: Order, ended: ReadonlySet<string>): Outcome<Order> {
  const living = order.seal?.paymentSessionIds.find((each) => !ended.has(each));
  if (living !== undefined) return { kind: 'refused', thing: order, reason: `${living} has not ended` };
  return take('close', order);
}

interface Circumstances {
  readonly end: AttemptEnd | undefined;
  readonly latePayment: LatePayment;
}

/** The first success in the amount that was asked pays the order; any other is put before a person. */
export function settle(
  order: Order,
  attempt: Attempt,
  success: Success,
  { end, latePayment }: Circumstances,
): Settlement {
  const trouble = (kind: Trouble, reason: string): Settlement => ({
    kind: 'refused',
    thing: order,
    reason,
    trouble: kind,
  });
  if (!sameMoney(attempt.amount, success.amount)) return trouble('amount-mismatch', 'the amount differs');
  if (order.paidBy !== null && !samePayment(order.paidBy, success))
    return trouble('second-success', 'another payment is kept');
  if (order.paidBy === null && end === 'cancelled')
    return trouble('paid-after-cancel', 'Antom cancelled the attempt and gives the money back');
  if (order.status === 'closed' && latePayment === 'case') return trouble('late-payment', 'the order is closed');
  const { paymentSessionId, paymentId } = success;
  return take(order.status === 'closed' ? 'reopen' : 'pay', order, { paidBy: { paymentSessionId, paymentId } });
}

export const samePayment = (a: Payment, b: Payment): boolean =>
  a.paymentSessionId === b.paymentSessionId && a.paymentId === b.paymentId;
