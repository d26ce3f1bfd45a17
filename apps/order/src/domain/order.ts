import { type OrderFacts } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';

export type OrderStatus = 'open' | 'closing' | 'closed' | 'paid';

/**
 * Every arrow in an order's life. An order is `open` from the first event that names it; `closing` takes no new attempt, and the ones
 * it has may still pay it.
 */
export const orderLife = {
  seal: { from: ['open'], to: 'closing' },
  close: { from: ['open', 'closing'], to: 'closed' },
  pay: { from: ['open', 'closing'], to: 'paid' },
  reopen: { from: ['closed'], to: 'paid' },
} as const satisfies Life<string, OrderStatus>;

type OrderStep = keyof typeof orderLife;

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  /** Known from the first success on. */
  readonly facts: OrderFacts | null;
  /** The one success that is kept. */
  readonly paidBy: Payment | null;
  readonly seal: Seal | null;
}

/** No new attempt will start. */
export interface Seal {
  readonly cause: 'expired' | 'requested';
  /** ISO 8601 */
  readonly sealedAt: string;
}

/** Which payment of which attempt: an attempt may succeed twice under two payment ids. */
export interface Payment {
  readonly paymentSessionId: string;
  readonly paymentId: string;
}

/** The amount that was asked for was received. */
export interface Success extends Payment {
  readonly orderId: string;
  readonly order: OrderFacts;
  readonly amount: Money;
  readonly paidAt: string;
  /** When the event of it was published. */
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

export const sealOrder = (order: Order, seal: Seal): Outcome<Order> => take('seal', order, { seal });

export const closeOrder = (order: Order): Outcome<Order> => take('close', order);

/** The first success pays the order; any other is put before a person. Either brings the order's facts where they are unknown. */
export function settle(before: Order, success: Success, latePayment: LatePayment): Settlement {
  const order: Order = { ...before, facts: before.facts ?? success.order };
  const trouble = (kind: Trouble, reason: string): Settlement => ({
    kind: 'refused',
    thing: order,
    reason,
    trouble: kind,
  });
  if (order.paidBy !== null && !samePayment(order.paidBy, success))
    return trouble('second-success', 'another payment is kept');
  if (order.status === 'closed' && latePayment === 'case') return trouble('late-payment', 'the order is closed');
  const { paymentSessionId, paymentId } = success;
  return take(order.status === 'closed' ? 'reopen' : 'pay', order, { paidBy: { paymentSessionId, paymentId } });
}

export const samePayment = (a: Payment, b: Payment): boolean =>
  a.paymentSessionId === b.paymentSessionId && a.paymentId === b.paymentId;
