import { type OrderFacts } from '@kasir/contracts';
import { follow, type Money, type Outcome, sameMoney } from '@kasir/kernel';
import { type Inquired, neverInquired, within } from './inquiry-plan.js';
import { isOver, type PaymentStatus, type PaymentTransition, paymentTransitions } from './payment-transitions.js';
import { type AttemptUpdate, type PaymentUpdate } from './payment-update.js';
import { type PendingInquiry } from './pending-inquiry.js';
import { type Unmatched } from './unmatched.js';

/** The event that announced something; what is published of it names that event as its cause. */
export interface Announcement {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

/** What has to be known of an attempt to judge what Antom reports of it. */
export interface Watch {
  readonly orderId: string;
  readonly order: OrderFacts;
  /** What was asked for; a promotion makes it differ from the order's. */
  readonly amount: Money;
  /** Until then the buyer can begin to pay. */
  readonly sessionExpiresAt: string;
  readonly endsAt: string;
  readonly announcedBy: Announcement;
}

export interface WatchedPayment extends Inquired {
  /** Also the id of its payment session. */
  readonly paymentRequestId: string;
  readonly status: PaymentStatus;
  readonly watch: Watch | null;
  readonly cancelStartedAt: Date | null;
  /** It should bring no money any more, and is inquired about often as long as it can. */
  readonly isWatchedClosely: boolean;
  /** When an unverified webhook last was a reason to ask. */
  readonly hintedAt: Date | null;
  readonly pendingInquiries: readonly PendingInquiry[];
  /** What came before the event by which it can be judged. */
  readonly waiting: readonly Unmatched<AttemptUpdate>[];
}

export type Watched = WatchedPayment & { readonly watch: Watch };

export const expectedPayment = (paymentRequestId: string): WatchedPayment => ({
  ...neverInquired,
  ...{ paymentRequestId, status: 'expected', watch: null, cancelStartedAt: null, hintedAt: null },
  ...{ isWatchedClosely: false, pendingInquiries: [], waiting: [] },
});

export const isWatched = (payment: WatchedPayment): payment is Watched => payment.watch !== null;

/** What an update means for its attempt. Money in another amount is neither a success nor a failure. */
export type PaymentOutcome = 'succeeded' | 'failed' | 'pending' | 'other-amount';

export const outcomeOf = ({ amount }: Watch, update: PaymentUpdate): PaymentOutcome =>
  update.kind === 'succeeded' && !isAmount(update.amount, amount) ? 'other-amount' : update.kind;

const transitionOf = {
  succeeded: 'succeed',
  failed: 'fail',
  pending: 'pend',
  'other-amount': 'review',
} as const satisfies Record<PaymentOutcome, PaymentTransition>;

export const transition = <Payment extends WatchedPayment>(payment: Payment, by: PaymentTransition): Outcome<Payment> =>
  follow<PaymentTransition, PaymentStatus, Payment>(paymentTransitions, by, payment);

export const applyOutcome = (payment: Watched, outcome: PaymentOutcome): Outcome<Watched> =>
  transition(payment, transitionOf[outcome]);

/** Nothing is left to be asked, unless an inquiry about one of Antom's payments is still pending. */
export const withoutPlan = <Payment extends WatchedPayment>(payment: Payment): Payment =>
  payment.pendingInquiries.length > 0 ? payment : { ...payment, plan: null };

export const watchedClosely = (payment: WatchedPayment, now: Date): WatchedPayment =>
  isOver(payment.status) || payment.isWatchedClosely
    ? payment
    : { ...payment, isWatchedClosely: true, plan: payment.plan && within(payment.plan, now) };

/** Money is published every time it comes: a second payment of one attempt is a second payment. */
export const isMoney = (outcome: string): boolean => outcome === 'succeeded' || outcome === 'other-amount';

/** Whether what Antom reports is what was asked for, to the minor unit. */
export const isAmount = (received: { readonly value: string; readonly currency: string }, expected: Money): boolean =>
  /^\d+$/.test(received.value) && sameMoney(received, expected);
