import { type OrderFacts } from '@kasir/contracts';
import { follow, type Life, type Outcome } from '@kasir/kernel';
import { type Payment, samePayment, type Success } from './payment.js';

export type OrderStatus = 'open' | 'closing' | 'closed' | 'paid' | 'returned';

/**
 * Every transition of an order. It is `open` from the first event that names it; `closing` takes no new attempt, and the ones it has
 * may still pay it; `returned` was paid by money that went back by itself.
 */
export const orderLife = {
  seal: { from: ['open'], to: 'closing' },
  close: { from: ['open', 'closing'], to: 'closed' },
  pay: { from: ['open', 'closing', 'closed', 'returned'], to: 'paid' },
  return: { from: ['paid'], to: 'returned' },
  reopen: { from: ['returned'], to: 'open' },
} as const satisfies Life<string, OrderStatus>;

type OrderStep = keyof typeof orderLife;

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  /** Known from the first money on. */
  readonly facts: OrderFacts | null;
  readonly paidBy: Payment | null;
  readonly seal: Seal | null;
  /** When a person should hear that it is still closing. ISO 8601 */
  readonly closingDueAt: string | null;
}

/** No new attempt will start. */
export interface Seal {
  readonly cause: 'expired' | 'requested';
  /** The end of the order. ISO 8601 */
  readonly sealedAt: string;
}

/** Why a success does not pay the order: the kind of its case. */
export type Trouble = 'duplicate-payment' | 'late-payment';

/** What the merchant decides about money after the end of its order. */
export interface Policy {
  readonly latePayment: 'case' | 'reopen';
  /** Until so long after the end it pays in any case, in milliseconds. */
  readonly graceMs: number;
}

export type Settlement = Outcome<Order> & { readonly trouble?: Trouble };

function take(step: OrderStep, order: Order, change: Partial<Order> = {}): Outcome<Order> {
  const outcome = follow<OrderStep, OrderStatus, Order>(orderLife, step, order);
  return outcome.kind === 'moved' ? { kind: 'moved', thing: { ...outcome.thing, ...change } } : outcome;
}

const hour = 3_600_000;

/** An order that cannot move any more is sealed, too: its end is known from then on. */
export const sealOrder = (order: Order, seal: Seal, lastEndsAt = seal.sealedAt): Order =>
  take('seal', { ...order, seal }, { closingDueAt: new Date(Date.parse(lastEndsAt) + hour).toISOString() }).thing;

export const closeOrder = (order: Order): Outcome<Order> => take('close', order, { closingDueAt: null });

export const payOrder = (order: Order, { paymentSessionId, paymentId }: Payment): Outcome<Order> =>
  take('pay', order, { paidBy: { paymentSessionId, paymentId }, closingDueAt: null });

export const returnOrder = (order: Order): Outcome<Order> => take('return', order, { paidBy: null });

export const reopenOrder = (order: Order): Outcome<Order> => take('reopen', order);

/** The first success in time pays the order; any other is put before a person. Either brings the facts where they are unknown. */
export function settle(before: Order, success: Success, policy: Policy): Settlement {
  const order: Order = { ...before, facts: before.facts ?? success.order };
  const trouble = (kind: Trouble, reason: string): Settlement => ({
    kind: 'refused',
    thing: order,
    reason,
    trouble: kind,
  });
  if (order.paidBy !== null && !samePayment(order.paidBy, success))
    return trouble('duplicate-payment', 'another payment pays it');
  if (order.paidBy === null && isTooLate(order, success.paidAt, policy))
    return trouble('late-payment', 'the order had ended');
  return payOrder(order, success);
}

/** What decides is when the buyer paid, never when we heard of it. */
export function isTooLate(order: Order, paidAt: string, { latePayment, graceMs }: Policy): boolean {
  const end = endOf(order);
  return latePayment === 'case' && end !== undefined && Date.parse(paidAt) > Date.parse(end) + graceMs;
}

export const endOf = ({ seal, facts }: Order): string | undefined => seal?.sealedAt ?? facts?.expiresAt;
