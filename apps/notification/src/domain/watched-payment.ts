import { type OrderFacts } from '@kasir/contracts';
import { follow, type Money, type Outcome, sameMoney } from '@kasir/kernel';
import { type PaymentNews } from './payment-news.js';
import { stepOf, type Verdict, watchLife, type WatchStatus, type WatchStep } from './watch-life.js';

/** The event that announced something; what is said of it names that event as its cause. */
export interface Announcement {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

/** What has to be known of an attempt to judge news of it. */
export interface Watch {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly order: OrderFacts;
  /** What was asked for; a promotion makes it differ from the order's. */
  readonly amount: Money;
  readonly endsAt: Date;
  readonly announcedBy: Announcement;
}

export interface WatchedPayment {
  readonly paymentRequestId: string;
  readonly status: WatchStatus;
  readonly watch: Watch | null;
}

/** What news of a payment means for its attempt. Money in another amount is neither a success nor a failure. */
export const judge = (
  watch: Watch,
  news: PaymentNews,
): Extract<Verdict, 'succeeded' | 'failed' | 'pending' | 'mismatched'> =>
  news.kind === 'succeeded' && !isAmount(news.amount, watch.amount) ? 'mismatched' : news.kind;

export const applyVerdict = (payment: WatchedPayment, verdict: Verdict): Outcome<WatchedPayment> =>
  follow<WatchStep, WatchStatus, WatchedPayment>(watchLife, stepOf[verdict], payment);

export const startWatching = (payment: WatchedPayment, watch: Watch): Outcome<WatchedPayment> =>
  follow<WatchStep, WatchStatus, WatchedPayment>(watchLife, 'watch', { ...payment, watch });

/** Antom was asked for its session and refused. */
export function startRejected(payment: WatchedPayment, watch: Watch): Outcome<WatchedPayment> {
  const watching = startWatching(payment, watch);
  return watching.kind === 'moved' ? applyVerdict(watching.thing, 'rejected') : watching;
}

/** Whether what Antom says is what was asked for, to the minor unit. */
export const isAmount = (received: { readonly value: string; readonly currency: string }, expected: Money): boolean =>
  /^\d+$/.test(received.value) && sameMoney(received, expected);
