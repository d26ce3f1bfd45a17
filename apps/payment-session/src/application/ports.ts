import { type BankChoice, type Buyer, type PaymentSessionEvent, type Terminal } from '@kasir/contracts';
import { type Clock, type Money } from '@kasir/kernel';
import { type Attempt, type FrozenRequest } from '../domain/attempt.js';

type NewsOf<Event> = Event extends PaymentSessionEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = NewsOf<PaymentSessionEvent>;

/** An attempt on which the holder, and nobody else, may ask Antom until the lease is claimed again. */
export interface Lease {
  readonly attempt: Attempt;
  readonly version: number;
  /** How often Antom has been asked, this time included. */
  readonly tries: number;
  readonly causedBy: { readonly id: string; readonly traceparent?: string | undefined };
}

export interface Attempts {
  /** Locks the order until the transaction ends and returns its attempts. */
  lockOrder(orderId: string): Promise<Attempt[]>;
  add(attempt: Attempt, firstTryAt: Date): Promise<void>;
  /** Locks one attempt. */
  lock(paymentSessionId: string): Promise<Attempt | undefined>;
  save(attempt: Attempt): Promise<void>;
  /** Takes attempts whose next try is due and keeps others off them until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<Lease[]>;
  /** Locks the attempt if the lease still holds. */
  lockLeased(lease: Lease): Promise<Attempt | undefined>;
  tryAgainAt(lease: Lease, at: Date): Promise<void>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly attempts: Attempts;
  say(news: News): Promise<void>;
}

export interface UnitOfWork {
  /** One transaction. What is said in it names `causedBy`. */
  run<T>(causedBy: Lease['causedBy'] | undefined, work: (stores: Stores) => Promise<T>): Promise<T>;
}

export interface SessionWish {
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly description: string;
  readonly orderAmount: Money;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly terminal: Terminal;
  readonly clientIp: string;
  readonly userAgent?: string | undefined;
  readonly redirectUrl: string;
  readonly buyer?: Buyer | undefined;
  readonly sessionExpiresAt: Date;
}

export type SessionAnswer =
  | { readonly kind: 'created'; readonly sessionData: string; readonly sessionExpiresAt?: Date }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PaymentProvider {
  /** The bytes to ask with, whole and final. @throws UnsayableWish naming the field that the provider would refuse */
  freeze(wish: SessionWish): FrozenRequest;
  /** Asks once. A time-out, an unsigned or an unreadable answer is `unknown`. */
  createSession(request: FrozenRequest): Promise<SessionAnswer>;
}

/** A wish that the provider would refuse, known before it is sent. */
export class UnsayableWish extends Error {
  override readonly name = 'UnsayableWish';
}

/** Seals session data so that only the gateway can read it. */
export type Seal = (sessionData: string) => Promise<string>;

export interface Tools {
  readonly provider: PaymentProvider;
  readonly seal: Seal;
  readonly clock: Clock;
  /** How long a session lives, in milliseconds. */
  readonly sessionMs: number;
}
