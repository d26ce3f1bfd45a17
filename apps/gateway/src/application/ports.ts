import { type SessionRequestEvent } from '@kasir/contracts';
import { type Order, type OrderFacts } from '../domain/order.js';
import { type Payment } from '../domain/payment.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';

type NewsOf<Event> = Event extends SessionRequestEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = NewsOf<SessionRequestEvent>;

/** The request or event that leads to a change. */
export interface Origin {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

export interface KeyClaim {
  readonly orderId: string;
  readonly key: string;
  /** What was asked for, as a canonical text; only its hash is kept. */
  readonly request: string;
}

export interface KeyHolder {
  /** The id of what the key stands for. */
  readonly id: string;
  readonly sameRequest: boolean;
}

export interface IdempotencyKeys {
  /** Takes the key for what is to be made, or says who holds it. Waits for a transaction that is just taking the same key. */
  claim(claim: KeyClaim, id: string, at: Date): Promise<'claimed' | KeyHolder>;
  holder(claim: KeyClaim): Promise<KeyHolder | undefined>;
}

export interface PaymentSessions {
  add(session: PaymentSession): Promise<void>;
  find(id: string): Promise<PaymentSession | undefined>;
  /** Like `find`, and locks the session until the transaction ends. */
  lock(id: string): Promise<PaymentSession | undefined>;
  save(session: PaymentSession): Promise<void>;
}

export interface Orders {
  /** One that is known stays as it is, and is not locked. The facts of a new one are provisional. */
  add(order: Order): Promise<void>;
  /** Replaces provisional facts, and opens an order that was only expected. Changes nothing else. */
  settleFacts(id: string, facts: OrderFacts): Promise<void>;
  /** Locks the order until the transaction ends. */
  lock(id: string): Promise<Order | undefined>;
  /** Like `lock`, and begins with an expected one where nobody has spoken of the order. */
  lockOrExpect(id: string): Promise<Order>;
  save(order: Order): Promise<void>;
}

export interface Payments {
  /** One that is known stays as it is. */
  add(payment: Payment): Promise<void>;
  find(orderId: string, paymentId: string): Promise<Payment | undefined>;
  /** The one that was heard of first. */
  firstOf(paymentSessionId: string): Promise<Payment | undefined>;
}

export interface Refunds {
  /** @returns whether it was not there yet */
  add(refund: Refund): Promise<boolean>;
  find(id: string): Promise<Refund | undefined>;
  /** Like `find`, and locks the refund until the transaction ends. */
  lock(id: string): Promise<Refund | undefined>;
  ofSession(paymentSessionId: string): Promise<Refund[]>;
  save(refund: Refund): Promise<void>;
}

/** Everything a use case may touch, inside one transaction. It locks rows in this order, so that no two wait for each other. */
export interface Stores {
  readonly keys: IdempotencyKeys;
  readonly sessions: PaymentSessions;
  readonly orders: Orders;
  readonly refundKeys: IdempotencyKeys;
  readonly payments: Payments;
  readonly refunds: Refunds;
  say(news: News): Promise<void>;
}

export interface UnitOfWork {
  /**
   * One transaction. What is said in it names its origin.
   * @throws StorageUnavailable
   */
  run<T>(origin: Origin, work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** What is committed, read without a transaction. Each of them throws StorageUnavailable. */
export interface ReadModel {
  session(id: string): Promise<PaymentSession | undefined>;
  sessions(ids: readonly string[]): Promise<PaymentSession[]>;
  order(id: string): Promise<Order | undefined>;
  refund(id: string): Promise<Refund | undefined>;
  refunds(ids: readonly string[]): Promise<Refund[]>;
}

/** Opens what payment-session has sealed. */
export type OpenSealed = (sealed: string) => Promise<string>;

/** The database cannot be reached, or does not answer in time. Whether a commit took place may be unknown. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  constructor(cause: unknown) {
    super('the database does not answer', { cause });
  }
}
