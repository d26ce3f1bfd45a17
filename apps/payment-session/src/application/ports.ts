import { type PaymentSessionEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Attempt } from '../domain/attempt.js';
import { type CancelJob } from '../domain/cancel.js';
import { type OrderLock } from '../domain/order-lock.js';
import { type Payment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { type Review } from '../domain/review.js';
import { type SecondAttemptPolicy } from '../domain/second-attempt.js';
import { type PaymentProvider } from './provider.js';

type NewsOf<Event> = Event extends PaymentSessionEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = NewsOf<PaymentSessionEvent>;

/** The event that led to something; undefined where only time has passed. */
export type CausedBy = { readonly id: string; readonly traceparent?: string | undefined } | undefined;

/** Something on which the holder, and nobody else, may work until it is claimed again. */
export interface Lease<Thing> {
  readonly thing: Thing;
  readonly version: number;
  /** How often Antom has been asked, this time included. */
  readonly tries: number;
  readonly causedBy: CausedBy;
}

/** What waits in the database until it is due: sessions to be created, cancels and refunds to be asked for, orders to be sealed. */
export type DueKind = 'sessions' | 'cancels' | 'refunds' | 'seals';

/** Hears of every row that was committed with a moment at which it is due. */
export type ReportDue = (kind: DueKind, at: Date) => void;

/** Work that is claimed when it is due. */
interface Due<Thing, Claimed extends Lease<Thing>> {
  /** Takes what is due and keeps others off it until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<Claimed[]>;
  /** The thing as it is now, if the lease still holds. The order's lock goes before. */
  leased(lease: Lease<Thing>): Promise<Thing | undefined>;
  /** @param counts false where it is certain that nobody was asked */
  tryAgainAt(lease: Lease<Thing>, at: Date, counts: boolean): Promise<void>;
}

export interface Orders extends Omit<Due<OrderLock, Lease<OrderLock>>, 'tryAgainAt'> {
  /** Locks the order until the transaction ends, and makes its row where there is none. Every change begins with it. */
  lock(orderId: string): Promise<OrderLock>;
  save(lock: OrderLock): Promise<void>;
}

export interface Attempts extends Due<Attempt, Lease<Attempt>> {
  ofOrder(orderId: string): Promise<Attempt[]>;
  add(attempt: Attempt, nextTryAt: Date): Promise<void>;
  /** @param nextTryAt as before when left out */
  save(attempt: Attempt, nextTryAt?: Date): Promise<void>;
}

/** With the attempt as it was when the work was claimed. */
export interface CancelLease extends Lease<CancelJob> {
  readonly attempt: Attempt;
}

export interface Cancels extends Due<CancelJob, CancelLease> {
  of(paymentSessionId: string): Promise<CancelJob | undefined>;
  /** Begins anew under the cause of this transaction; without a moment there is nothing to do. */
  put(job: CancelJob, nextTryAt: Date | undefined): Promise<void>;
  finish(job: CancelJob): Promise<void>;
}

export interface Refunds extends Due<Refund, Lease<Refund>> {
  find(refundRequestId: string): Promise<Refund | undefined>;
  ofAttempt(paymentSessionId: string): Promise<Refund[]>;
  add(refund: Refund, nextTryAt?: Date): Promise<void>;
  /** @param nextTryAt as before when left out */
  save(refund: Refund, nextTryAt?: Date): Promise<void>;
}

/** Payments that succeeded, whoever told us of them first. */
export interface Payments {
  /** One that is known stays as it is. */
  add(payment: Payment): Promise<void>;
  find(paymentSessionId: string, paymentId: string): Promise<Payment | undefined>;
}

export interface Reviews {
  ofOrder(orderId: string): Promise<Review[]>;
  save(review: Review): Promise<void>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly orders: Orders;
  readonly attempts: Attempts;
  readonly cancels: Cancels;
  readonly refunds: Refunds;
  readonly payments: Payments;
  readonly reviews: Reviews;
  readonly causedBy: CausedBy;
  say(news: News): Promise<void>;
}

export interface UnitOfWork {
  /** One transaction. What is said in it names `causedBy`. */
  run<T>(causedBy: CausedBy, work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** Seals session data so that only the gateway can read it. */
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
