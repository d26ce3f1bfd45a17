import { follow, type Life, type Money, type Outcome, sameMoney } from '@kasir/kernel';

export type WatchStatus = 'expected' | 'watched' | 'pending' | 'failed' | 'expired' | 'mismatched' | 'succeeded';

/**
 * Every arrow in what we believe of an attempt. `expected` is one that Antom spoke of before payment-session did.
 * A verified success is the only word of money that may follow a final one; `expired` ends an attempt, failed tries or not.
 */
export const watchLife = {
  watch: { from: ['expected'], to: 'watched' },
  pend: { from: ['watched'], to: 'pending' },
  fail: { from: ['watched', 'pending'], to: 'failed' },
  expire: { from: ['watched', 'pending', 'failed'], to: 'expired' },
  mismatch: { from: ['watched', 'pending', 'failed', 'expired'], to: 'mismatched' },
  succeed: { from: ['watched', 'pending', 'failed', 'expired', 'mismatched'], to: 'succeeded' },
} as const satisfies Life<string, WatchStatus>;

export type WatchStep = keyof typeof watchLife;

/** What has to be known of an attempt to judge news of it. */
export interface Watch {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly amount: Money;
  readonly endsAt: Date;
  /** The event that announced the attempt; what is said of the payment names it as its cause. */
  readonly announcedBy: { readonly id: string; readonly traceparent?: string | undefined };
}

export interface WatchedPayment {
  readonly paymentRequestId: string;
  readonly status: WatchStatus;
  readonly watch: Watch | null;
}

/** What Antom said of a payment, in our words, whichever way we came to hear it. */
export type PaymentNews = {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: { readonly value: string; readonly currency: string };
} & (
  | { readonly kind: 'succeeded'; readonly paidAt: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'pending' }
);

/** What news means for an attempt, or its end. */
export type Verdict = 'succeeded' | 'failed' | 'pending' | 'mismatched' | 'expired';

const stepOf = {
  succeeded: 'succeed',
  failed: 'fail',
  pending: 'pend',
  mismatched: 'mismatch',
  expired: 'expire',
} as const;

/** What news means for an attempt. Money in another amount is neither a success nor a failure. */
export const judge = (watch: Watch, news: PaymentNews): Exclude<Verdict, 'expired'> =>
  news.kind === 'succeeded' && !isAmount(news.amount, watch.amount) ? 'mismatched' : news.kind;

export const applyVerdict = (payment: WatchedPayment, verdict: Verdict): Outcome<WatchedPayment> =>
  follow<WatchStep, WatchStatus, WatchedPayment>(watchLife, stepOf[verdict], payment);

export const startWatching = (payment: WatchedPayment, watch: Watch): Outcome<WatchedPayment> =>
  follow<WatchStep, WatchStatus, WatchedPayment>(watchLife, 'watch', { ...payment, watch });

const isAmount = (received: PaymentNews['amount'], expected: Money): boolean =>
  /^\d+$/.test(received.value) && sameMoney(received, expected);
