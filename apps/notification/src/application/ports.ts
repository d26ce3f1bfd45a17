import { type PaymentEvent } from '@kasir/contracts';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type Amount } from '../domain/returned.js';
import { type Announcement, type PaymentOutcome, type WatchedPayment } from '../domain/watched-payment.js';
import { type RefundAnswer, type WatchedRefund } from '../domain/watched-refund.js';
import { type Quarantine, type Webhooks } from './webhook-ports.js';

type NewEventOf<Event> = Event extends PaymentEvent
  ? Pick<Event, 'type' | 'data'> & { readonly identity: string }
  : never;

/** An event to be published with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type NewEvent = NewEventOf<PaymentEvent>;

/** What Antom is inquired about when it is due. */
export interface DueInquiries<Thing> {
  /** Takes what is due and keeps others off it until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<Thing[]>;
}

export interface WatchedPayments extends DueInquiries<WatchedPayment> {
  /** Locks what is known of a payment until the transaction ends; creates it as `expected` where nothing is. */
  lock(paymentRequestId: string): Promise<WatchedPayment>;
  /** What is known of a payment, without a lock. */
  find(payment: { readonly paymentRequestId: string } | { readonly paymentId: string }): Promise<WatchedPayment | null>;
  /** Payments of an order that are still inquired about, locked. */
  ofOrder(orderId: string): Promise<WatchedPayment[]>;
  /** The same without waiting for a lock, so that who holds one payment never waits for another. */
  freeOfOrder(orderId: string): Promise<WatchedPayment[]>;
  save(payment: WatchedPayment): Promise<void>;
}

/** What was decided or told once about one of Antom's payments, or about the whole attempt, which has no paymentId. */
export interface Outcome {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly outcome: PaymentOutcome | 'cancelled' | 'inquiring-after-cancel' | 'contradiction' | 'no-answer';
  readonly paidAt?: string | undefined;
  readonly received?: Amount | undefined;
}

export interface Outcomes {
  /** False when this outcome of this payment has been claimed before. */
  claim(outcome: Outcome): Promise<boolean>;
  /** Every outcome of an attempt that was claimed: also, every paymentId that Antom has used for it. */
  of(paymentRequestId: string): Promise<Outcome[]>;
}

export interface WatchedRefunds extends DueInquiries<WatchedRefund> {
  /** Locks what is known of a refund until the transaction ends; creates it as `expected` where nothing is. */
  lock(refundRequestId: string): Promise<WatchedRefund>;
  save(refund: WatchedRefund): Promise<void>;
  /** The refunds and returns of an attempt, without a lock. */
  ofPayment(paymentRequestId: string): Promise<WatchedRefund[]>;
}

/** What waits for its cause, for a person's eyes. */
export interface UnmatchedItem {
  readonly about: 'payment' | 'refund';
  readonly id: string;
  readonly kind: string;
  readonly since: Date;
}

/** Verified updates of attempts and refunds that payment-session has not announced. */
export interface UnmatchedUpdates {
  /** The oldest first. */
  list(limit: number): Promise<UnmatchedItem[]>;
  /** How many came before a moment and still wait, and since when. */
  overdue(before: Date): Promise<{ readonly count: number; readonly oldest: Date | null }>;
}

export type DueKind = 'payments' | 'refunds';

/** Called for every inquiry that was committed, with the moment at which it is due. */
export type ReportDue = (kind: DueKind, at: Date) => void;

/** When the next inquiry of each kind is due that is not under way; null where there is none. */
export type NextDue = (now: Date) => Promise<Readonly<Record<DueKind, Date | null>>>;

/** Antom, as far as it can be asked how a payment stands. */
export interface PaymentInquiries {
  /** Whether nothing is sent to Antom just now, because the last calls found it down. */
  isAway(): boolean;
  /** Asks about the attempt, or about one of Antom's payments for it. Never rejects: what was not answered is `unknown`. */
  inquire(paymentRequestId: string, paymentId?: string): Promise<InquiryAnswer>;
}

/** Antom, as far as it can be asked how a refund stands. */
export interface RefundInquiries {
  isAway(): boolean;
  /** Never rejects: what was not answered is `unknown`. */
  inquireRefund(refundRequestId: string): Promise<RefundAnswer>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly payments: WatchedPayments;
  readonly outcomes: Outcomes;
  readonly refunds: WatchedRefunds;
  readonly unmatched: UnmatchedUpdates;
  readonly webhooks: Webhooks;
  readonly quarantine: Quarantine;
  publish(event: NewEvent, causedBy: Announcement): Promise<void>;
}

export interface UnitOfWork {
  run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
