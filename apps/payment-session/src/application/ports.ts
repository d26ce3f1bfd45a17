import { type PaymentSessionEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Attempt } from '../domain/attempt.js';
import { type OrderLock } from '../domain/order-lock.js';
import { type Payment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { type SecondAttemptPolicy } from '../domain/second-attempt.js';
import { type PaymentProvider } from './provider.js';

type OutgoingOf<Event> = Event extends PaymentSessionEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** An event to be published with the change that it tells of. `identity` names the fact: the same fact has the same id. */
export type OutgoingEvent = OutgoingOf<PaymentSessionEvent>;

/** The event that led to something; undefined where only time has passed. */
export type CausedBy = { readonly id: string; readonly traceparent?: string | undefined } | undefined;

/** Something on which its holder alone may work until it is claimed again. */
export interface Lease<Thing> {
  readonly thing: Thing;
  readonly version: number;
  /** How often Antom has been asked, this time included. */
  readonly tries: number;
  readonly causedBy: CausedBy;
}

/** What waits in the database until it is due: sessions to be created, cancels and refunds to be asked for, orders to be sealed. */
export type DueKind = 'sessions' | 'cancels' | 'refunds' | 'seals';

/** Called for every row that was committed with a moment at which it is due. */
export type ReportDue = (kind: DueKind, at: Date) => void;

/** Work that is claimed when it is due. */
interface Due<Thing> {
  /** Takes what is due and keeps others off it until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<Lease<Thing>[]>;
  /** The thing as it is now, if the lease still holds. The order's lock goes before. */
  leased(lease: Lease<Thing>): Promise<Thing | undefined>;
  /** @param counts false where it is certain that Antom was not asked */
  tryAgainAt(lease: Lease<Thing>, at: Date, counts: boolean): Promise<void>;
}

export interface Orders extends Omit<Due<OrderLock>, 'tryAgainAt'> {
  /** Locks the order until the transaction ends, and makes its row where there is none. Every change begins with it. */
  lock(orderId: string): Promise<OrderLock>;
  save(lock: OrderLock): Promise<void>;
}

export interface Attempts extends Due<Attempt> {
  ofOrder(orderId: string): Promise<Attempt[]>;
  add(attempt: Attempt, nextTryAt: Date): Promise<void>;
  /** @param nextTryAt as before when left out */
  save(attempt: Attempt, nextTryAt?: Date): Promise<void>;
}

/** The cancels of attempts. One is due only when the broker has acknowledged the attempt's CancelStarted. */
export interface Cancels extends Due<Attempt> {
  /** Asks for the attempt's cancel anew, under the cause of this transaction. */
  begin(attempt: Attempt, nextTryAt: Date): Promise<void>;
}

export interface Refunds extends Due<Refund> {
  find(refundRequestId: string): Promise<Refund | undefined>;
  ofAttempt(paymentSessionId: string): Promise<Refund[]>;
  add(refund: Refund, nextTryAt: Date): Promise<void>;
  /** @param nextTryAt as before when left out */
  save(refund: Refund, nextTryAt?: Date): Promise<void>;
}

export interface Payments {
  find(paymentSessionId: string, paymentId: string): Promise<Payment | undefined>;
  ofOrder(orderId: string): Promise<Payment[]>;
  save(payment: Payment): Promise<void>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly orders: Orders;
  readonly attempts: Attempts;
  readonly cancels: Cancels;
  readonly refunds: Refunds;
  readonly payments: Payments;
  readonly causedBy: CausedBy;
  /** @returns the event's id */
  say(event: OutgoingEvent): Promise<string>;
}

export interface UnitOfWork {
  /** One transaction. What is published in it names `causedBy`. */
  run<T>(causedBy: CausedBy, work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** Encrypts session data so that only the gateway can read it. */
export type Seal = (sessionData: string) => Promise<string>;

export interface Tools {
  readonly provider: PaymentProvider;
  readonly seal: Seal;
  readonly clock: Clock;
  /** How long a session lives, in milliseconds. */
  readonly sessionMs: number;
  /** Whether a second attempt may start beside one that can't be stopped. */
  readonly secondAttempt: SecondAttemptPolicy;
}
