import { follow, type Life, type Money } from '@kasir/kernel';

/** `expected`: only a request to close the order or an early event is known of it. */
export type OrderStatus = 'expected' | 'open' | 'closing' | 'closed' | 'paid';
export type OrderStep = 'open' | 'seal' | 'close' | 'pay';

/** An order as the app sees it. Two topics tell its story; that it is paid beats whatever was known before. */
export const orderLife: Life<OrderStep, OrderStatus> = {
  open: { from: ['expected'], to: 'open' },
  seal: { from: ['expected', 'open'], to: 'closing' },
  close: { from: ['expected', 'open', 'closing'], to: 'closed' },
  pay: { from: ['expected', 'open', 'closing', 'closed'], to: 'paid' },
};

/** What an order is for. */
export interface OrderFacts {
  readonly amount: Money;
  readonly description: string;
}

/** An order as the services last told it. */
export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  /** Null until a payment session was requested or the order was paid. */
  readonly facts: OrderFacts | null;
  readonly paid: { readonly at: Date; readonly by: string } | null;
  /** What went back of the payment that paid the order. */
  readonly refunded: Money | null;
  /** When the merchant first wanted it closed. */
  readonly closeRequestedAt: Date | null;
}

export const expectedOrder = (id: string): Order => ({
  id,
  status: 'expected',
  facts: null,
  paid: null,
  refunded: null,
  closeRequestedAt: null,
});

/** An order whose first payment session is being requested. */
export const requestedOrder = (id: string, facts: OrderFacts): Order => ({
  ...advanceOrder(expectedOrder(id), 'open'),
  facts,
});

/** The order after a step; the same one where the step is no news. */
export const advanceOrder = (order: Order, step: OrderStep): Order => follow(orderLife, step, order).thing;

/** Whether a payment is still wanted. Nobody may have spoken of the order yet. */
export const awaitsPayment = (order: Order | undefined): boolean =>
  order === undefined || order.status === 'expected' || order.status === 'open';

const lifetimeMs = 24 * 3_600_000;

/** The end of an order: what its token says, or 24 hours after the token was signed. */
export const endOfOrder = (expiresAt: string | undefined, signedAt: Date): Date =>
  expiresAt === undefined ? new Date(signedAt.getTime() + lifetimeMs) : new Date(expiresAt);

/** Timestamps have four digits for the year. */
const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Why an order cannot end at this time, or undefined when it can. */
export const endOfOrderProblem = (expiresAt: string | undefined): string | undefined =>
  expiresAt !== undefined && new Date(expiresAt) > endOfTime ? 'must be before the year 10000' : undefined;
