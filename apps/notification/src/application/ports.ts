import { type PaymentEvent } from '@kasir/contracts';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type InquiryPlan } from '../domain/inquiry-plan.js';
import { type PaymentNews, type Verdict, type Watch, type WatchedPayment } from '../domain/watched-payment.js';

type NewsOf<Event> = Event extends PaymentEvent ? Pick<Event, 'type' | 'data'> & { readonly identity: string } : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = NewsOf<PaymentEvent>;

/** A webhook as it arrived, byte for byte. */
export interface ReceivedWebhook {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

export interface WatchedPayments {
  /** Locks what we know of a payment until the transaction ends; creates it as `expected` when nobody has heard of it. */
  lock(paymentRequestId: string): Promise<WatchedPayment>;
  save(payment: WatchedPayment): Promise<void>;
}

export interface Outcomes {
  /** False when this outcome of this payment has been claimed before. */
  claim(news: PaymentNews, verdict: Verdict): Promise<boolean>;
}

/** Verified news of attempts that payment-session has not spoken of yet. */
export interface WaitingNews {
  keep(news: PaymentNews): Promise<void>;
  take(paymentRequestId: string): Promise<PaymentNews[]>;
}

export interface Webhooks {
  /** Keeps a verified webhook. */
  keep(webhook: ReceivedWebhook, about: string): Promise<void>;
  /** Keeps one that could not be verified, apart from everything that is believed. */
  quarantine(webhook: ReceivedWebhook, reason: string): Promise<void>;
}

/** A payment that its holder, and nobody else, may ask about until the lease is claimed again. */
export interface InquiryLease {
  readonly paymentRequestId: string;
  readonly plan: InquiryPlan;
  readonly version: number;
}

/** Which payments are still to be asked about, and when. */
export interface Inquiries {
  find(paymentRequestId: string): Promise<InquiryPlan | undefined>;
  /** Plans the next question, the first one included. */
  plan(paymentRequestId: string, plan: InquiryPlan): Promise<void>;
  /** Nothing is left to be asked. */
  end(paymentRequestId: string): Promise<void>;
  /** Takes payments whose question is due and keeps others off them until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<InquiryLease[]>;
  holds(lease: InquiryLease): Promise<boolean>;
}

/** Antom, as far as it can be asked how a payment stands. */
export interface PaymentInquiries {
  /** Never rejects: what nobody answered is `unknown`. */
  inquire(paymentRequestId: string): Promise<InquiryAnswer>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly payments: WatchedPayments;
  readonly outcomes: Outcomes;
  readonly waiting: WaitingNews;
  readonly inquiries: Inquiries;
  readonly webhooks: Webhooks;
  say(news: News, causedBy: Watch['announcedBy']): Promise<void>;
}

export interface UnitOfWork {
  run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
