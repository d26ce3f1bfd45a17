import { type Money } from '@kasir/kernel';

/** An order as the order service last told it. */
export interface Order {
  readonly id: string;
  readonly status: 'open' | 'paid';
  readonly amount: Money;
  readonly description: string;
  readonly paid: { readonly at: Date; readonly by: string } | null;
}

const lifetimeMs = 24 * 3_600_000;

/** The end of an order: what its token says, or 24 hours after the token was signed. */
export const endOfOrder = (expiresAt: string | undefined, signedAt: Date): Date =>
  expiresAt === undefined ? new Date(signedAt.getTime() + lifetimeMs) : new Date(expiresAt);

/** Timestamps have four digits for the year. */
const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Why an order cannot end at this time, or undefined when it can. */
export const endOfOrderProblem = (expiresAt: string | undefined): string | undefined =>
  expiresAt !== undefined && new Date(expiresAt) > endOfTime ? 'must be before the year 10000' : undefined;
