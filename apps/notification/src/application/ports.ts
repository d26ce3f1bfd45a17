import { type PaymentEvent } from '@kasir/contracts';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type InquiryPlan } from '../domain/inquiry-plan.js';
import { type OpenQuestion } from '../domain/open-question.js';
import { type AttemptNews } from '../domain/payment-news.js';
import { type Announcement, type WatchedPayment } from '../domain/watched-payment.js';
import {
  type RefundAnswer,
  type RefundNews,
  type RefundVerdict,
  type WatchedRefund,
} from '../domain/watched-refund.js';
import { type Verdict } from '../domain/watch-life.js';
import { type Quarantine, type Webhooks } from './webhook-ports.js';

type NewsOf<Event> = Event extends PaymentEvent ? Pick<Event, 'type' | 'data'> & { readonly identity: string } : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = NewsOf<PaymentEvent>;

export interface WatchedPayments {
  /** Locks what we know of a payment until the transaction ends; creates it as `expected` when nobody has heard of it. */
  lock(paymentRequestId: string): Promise<WatchedPayment>;
  /** What we know of a payment, without a lock. */
  find(payment: { readonly paymentRequestId: string } | { readonly paymentId: string }): Promise<WatchedPayment | null>;
  save(payment: WatchedPayment): Promise<void>;
}

/** One word of Antom's about one of its payments, or about the whole attempt, which has no paymentId. */
export interface OutcomeOfPayment {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly verdict: Verdict | 'no-answer';
  readonly paidAt?: string | undefined;
}

export interface Outcomes {
  /** False when this outcome of this payment has been claimed before. */
  claim(outcome: OutcomeOfPayment): Promise<boolean>;
  /** Every outcome of an attempt that was claimed: also, every paymentId that Antom has used for it. */
  of(paymentRequestId: string): Promise<OutcomeOfPayment[]>;
}

/** Verified news of attempts and refunds that payment-session has not spoken of yet. */
export interface WaitingNews<News> {
  keep(news: News, now: Date): Promise<void>;
  /** What waits for an attempt or a refund, in the order it came. It waits no longer. */
  take(id: string): Promise<News[]>;
}

/** What waits for its cause, for a person's eyes. */
export interface WaitingItem {
  readonly about: 'payment' | 'refund';
  readonly id: string;
  readonly kind: string;
  readonly since: Date;
}

/** Verified news of another deployment, which changes nothing here. */
export interface ForeignItem {
  readonly about: string;
  readonly receivedAt: Date;
}

export interface WaitingRoom {
  /** The oldest first. */
  list(limit: number): Promise<WaitingItem[]>;
  /** The newest first. */
  foreign(limit: number): Promise<ForeignItem[]>;
  /** How much came before a moment and still waits, and since when. */
  overdue(before: Date): Promise<{ readonly count: number; readonly oldest: Date | null }>;
}

/** Questions about single payments of Antom's that are still to be answered. */
export interface OpenQuestions {
  /** Asking the same again changes nothing. */
  open(question: OpenQuestion): Promise<void>;
  of(paymentRequestId: string): Promise<OpenQuestion[]>;
  close(question: OpenQuestion): Promise<void>;
}

/** Something that its holder, and nobody else, may ask about until the lease ends. */
export interface InquiryLease {
  /** A paymentRequestId or a refundRequestId. */
  readonly id: string;
  readonly plan: InquiryPlan;
  readonly version: string;
  /** Payments of Antom's with open questions, to be asked about by themselves. */
  readonly paymentIds: readonly string[];
}

/** What Antom is asked about when it is due. */
export type DueKind = 'payments' | 'refunds';

/** Hears of every inquiry that was committed with a moment at which it is due. */
export type ReportDue = (kind: DueKind, at: Date) => void;

/** When the next inquiry of each kind is due that is not under way; null where there is none. */
export type NextDue = (now: Date) => Promise<Readonly<Record<DueKind, Date | null>>>;

/** What is still to be asked about, and when. */
export interface Inquiries {
  find(id: string): Promise<InquiryPlan | undefined>;
  /** Plans the next question, the first one included. One that is under way stays under way. */
  plan(id: string, plan: InquiryPlan): Promise<void>;
  /** Nothing is left to be asked, unless a question about one of Antom's payments is still open. */
  end(id: string): Promise<void>;
  /** Takes what is due and keeps others off it until `until`. */
  claimDue(now: Date, until: Date, limit: number): Promise<InquiryLease[]>;
  /** The plan as it stands, or undefined when somebody else holds the lease by now, or nothing is left to be asked. */
  held(lease: InquiryLease): Promise<InquiryPlan | undefined>;
  /** Gives the lease back and plans the next question. */
  goOn(lease: InquiryLease, plan: InquiryPlan): Promise<void>;
}

/** What nobody has proved to come from Antom. */
export interface Rumours {
  /** Whoever is still asked about is asked about at once, unless a rumour hurried us after `since`. Locks no payment. */
  heed(paymentRequestId: string, now: Date, since: Date): Promise<void>;
}

/** Antom, as far as it can be asked how a payment stands. */
export interface PaymentInquiries {
  /** Whether nothing is sent to Antom just now, because the last calls found it down. */
  isAway(): boolean;
  /** Asks about the attempt, or about one of Antom's payments for it. Never rejects: what nobody answered is `unknown`. */
  inquire(paymentRequestId: string, paymentId?: string): Promise<InquiryAnswer>;
}

/** Antom, as far as it can be asked how a refund stands. */
export interface RefundInquiries {
  isAway(): boolean;
  /** Never rejects: what nobody answered is `unknown`. */
  inquireRefund(refundRequestId: string): Promise<RefundAnswer>;
}

export interface WatchedRefunds {
  /** Locks what we know of a refund until the transaction ends; creates it as `expected` when nobody has heard of it. */
  lock(refundRequestId: string): Promise<WatchedRefund>;
  save(refund: WatchedRefund): Promise<void>;
  /** False when this outcome of this refund has been claimed before. */
  claim(refundRequestId: string, verdict: RefundVerdict | 'no-answer'): Promise<boolean>;
  /** Refunds of an attempt that have not succeeded. */
  open(paymentRequestId: string): Promise<string[]>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly payments: WatchedPayments;
  readonly outcomes: Outcomes;
  readonly waiting: WaitingNews<AttemptNews>;
  readonly questions: OpenQuestions;
  readonly inquiries: Inquiries;
  readonly rumours: Rumours;
  readonly refunds: WatchedRefunds;
  readonly waitingRefunds: WaitingNews<RefundNews>;
  readonly refundInquiries: Inquiries;
  readonly waitingRoom: WaitingRoom;
  readonly webhooks: Webhooks;
  readonly quarantine: Quarantine;
  say(news: News, causedBy: Announcement): Promise<void>;
}

export interface UnitOfWork {
  run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
