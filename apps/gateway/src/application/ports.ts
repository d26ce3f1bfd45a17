import { type SessionRequestEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Order, type OrderFacts } from '../domain/order.js';
import { type Payment } from '../domain/payment.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';

type OutgoingOf<Event> = Event extends SessionRequestEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** An event to be published together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type Outgoing = OutgoingOf<SessionRequestEvent>;

/** A merchant's server, known by the name of its secret key. */
export interface Merchant {
  readonly name: string;
}

/** The request or event that leads to a change. */
export interface Origin {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

export interface PaymentSessions {
  /** Inserts it unless its id is taken; waits for a transaction that is just taking it. @returns whether it was free */
  claim(session: PaymentSession): Promise<boolean>;
  find(id: string): Promise<PaymentSession | undefined>;
  /** Like `find`, and locks the session until the transaction ends. */
  lock(id: string): Promise<PaymentSession | undefined>;
  save(session: PaymentSession): Promise<void>;
}

export interface Orders {
  /** One that is known stays as it is, and is not locked. The facts of a new one are provisional. */
  add(order: Order): Promise<void>;
  /** Replaces provisional facts. Changes nothing else. */
  settleFacts(id: string, facts: OrderFacts): Promise<void>;
  /** Locks the order until the transaction ends. */
  lock(id: string): Promise<Order | undefined>;
  /** Like `lock`, and adds one without facts where it is not known. */
  lockOrAdd(id: string): Promise<Order>;
  save(order: Order): Promise<void>;
}

export interface Payments {
  /** One that is known stays as it is. */
  add(payment: Payment): Promise<void>;
  find(orderId: string, paymentId: string): Promise<Payment | undefined>;
  /** In the order in which they became known. */
  ofSession(paymentSessionId: string): Promise<Payment[]>;
}

export interface Refunds {
  /** Inserts it unless its id is taken; waits for a transaction that is just taking it. @returns whether it was free */
  claim(refund: Refund): Promise<boolean>;
  find(id: string): Promise<Refund | undefined>;
  /** Like `find`, and locks the refund until the transaction ends. */
  lock(id: string): Promise<Refund | undefined>;
  ofSession(paymentSessionId: string): Promise<Refund[]>;
  save(refund: Refund): Promise<void>;
}

/** Everything a use case may touch, inside one transaction. It locks rows in this order, so that no two wait for each other. */
export interface Stores {
  readonly sessions: PaymentSessions;
  readonly orders: Orders;
  readonly payments: Payments;
  readonly refunds: Refunds;
  publish(event: Outgoing): Promise<void>;
}

export interface UnitOfWork {
  /**
   * One transaction. What is published in it names its origin.
   * @throws StorageUnavailable
   */
  run<T>(origin: Origin, work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** All that makes a repeat the same request. No secret, token or key name is in it: they are rotated. */
export interface RequestIdentity {
  readonly operation: 'payment-session' | 'refund';
  readonly by: 'app' | 'server';
  readonly orderId: string;
  readonly idempotencyKey: string;
}

/** What the use cases of HTTP requests need. */
export interface Dependencies {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** The same id for the same request. */
  readonly idOf: (identity: RequestIdentity) => string;
  /** The same text exactly where the same is asked for. */
  readonly fingerprintOf: (asked: unknown) => string;
  /** How long the broker has left a request unanswered, in milliseconds. */
  readonly brokerSilentMs: () => number;
  /** How long a request for a session is worth answering, in milliseconds. */
  readonly requestMs: number;
}

/** What is committed, read without a transaction. Each of them throws StorageUnavailable. */
export interface ReadModel {
  session(id: string): Promise<PaymentSession | undefined>;
  sessions(ids: readonly string[]): Promise<PaymentSession[]>;
  order(id: string): Promise<Order | undefined>;
  refund(id: string): Promise<Refund | undefined>;
  refunds(ids: readonly string[]): Promise<Refund[]>;
  /** How many requests for sessions are unanswered that were worth answering until before this time. */
  unansweredSince(before: Date): Promise<number>;
}

/** Opens session data that payment-session has encrypted. */
export type Decrypt = (encrypted: string) => Promise<string>;

/** The database cannot be reached, or does not answer in time. Whether a commit took place may be unknown. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  constructor(cause: unknown) {
    super('the database does not answer', { cause });
  }
}
