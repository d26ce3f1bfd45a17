import { follow, type Life, type Money } from '@kasir/kernel';

export type OrderStatus = 'open' | 'closing' | 'closed' | 'paid' | 'returned';
export type OrderTransition = 'seal' | 'close' | 'pay' | 'return' | 'reopen';

/** The order service's table, projected: that an order is paid beats whatever was known before. */
export const orderLife: Life<OrderTransition, OrderStatus> = {
  seal: { from: ['open'], to: 'closing' },
  close: { from: ['open', 'closing'], to: 'closed' },
  pay: { from: ['open', 'closing', 'closed', 'returned'], to: 'paid' },
  return: { from: ['paid'], to: 'returned' },
  reopen: { from: ['returned'], to: 'open' },
};

/** What an order is for. */
export interface OrderFacts {
  readonly amount: Money;
  readonly description: string;
}

/** An order as the services last published it. */
export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  /** Null until a payment session was requested or the order was paid. */
  readonly facts: OrderFacts | null;
  readonly paid: { readonly at: Date; readonly by: string } | null;
  /** What went back of the payment that pays the order. */
  readonly refunded: Money | null;
  /** How many cases about it wait for a person. */
  readonly openCases: number;
  /** When the merchant first asked for its end. */
  readonly closeRequestedAt: Date | null;
}

/** An order as its first payment session makes it known, or an event or a request to close it that comes before. */
export const newOrder = (id: string, facts: OrderFacts | null = null): Order => ({
  id,
  status: 'open',
  facts,
  paid: null,
  refunded: null,
  openCases: 0,
  closeRequestedAt: null,
});

/** The order after a transition; the same one where it is repeated or refused. */
export const advanceOrder = (order: Order, transition: OrderTransition): Order =>
  follow(orderLife, transition, order).thing;

/** Whether a payment is still awaited. The order may not be known yet. */
export const awaitsPayment = (order: Order | undefined): boolean => order === undefined || order.status === 'open';

const lifetimeMs = 24 * 3_600_000;

/** The end of an order: what its token says, or 24 hours after the token was signed. */
export const endOfOrder = (expiresAt: string | undefined, signedAt: Date): Date =>
  expiresAt === undefined ? new Date(signedAt.getTime() + lifetimeMs) : new Date(expiresAt);

/** Timestamps have four digits for the year. */
const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Why an order cannot end at this time, or undefined when it can. */
export const endOfOrderProblem = (expiresAt: string | undefined): string | undefined =>
  expiresAt !== undefined && new Date(expiresAt) > endOfTime ? 'must be before the year 10000' : undefined;
