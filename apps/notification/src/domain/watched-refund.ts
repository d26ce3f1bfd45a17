import { follow, type Money, type Outcome } from '@kasir/kernel';
import { type Unanswered } from './unanswered.js';
import { refundLife, type RefundStatus, type RefundStep } from './refund-life.js';
import { type Announcement, isAmount } from './watched-payment.js';

/** What has to be known of a refund to judge news of it. */
export interface RefundWatch {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** `unasked` where the merchant did not request it. */
  readonly origin: 'requested' | 'unasked';
  readonly startedAt: Date;
  readonly announcedBy: Announcement;
}

/** Why Antom gave no money back, in its own code and words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface WatchedRefund {
  readonly refundRequestId: string;
  readonly status: RefundStatus;
  readonly watch: RefundWatch | null;
  /** The last refusal that was heard, from whomever. */
  readonly refusal: Refusal | null;
}

/** What Antom said of a refund, in our words. A notification names no payment, the history of a payment does. */
export interface RefundNews {
  readonly refundRequestId: string;
  readonly kind: 'succeeded' | 'failed' | 'processing';
  readonly amount: { readonly value: string; readonly currency: string };
  readonly refundedAt: string;
  readonly code: string;
  readonly message: string;
  readonly payment?: { readonly paymentRequestId: string } | { readonly paymentId: string };
  /** Signed long before it came: it is asked about before it moves anything. */
  readonly old?: true;
}

export type RefundVerdict = 'succeeded' | 'failed' | 'mismatched' | 'refused';

const stepOf = {
  succeeded: 'succeed',
  failed: 'fail',
  mismatched: 'mismatch',
  refused: 'refuse',
} as const satisfies Record<RefundVerdict, RefundStep>;

/** What news means for a refund, or undefined where it decides nothing. A refusal alone does not fail it: Antom is asked first. */
export function judgeRefund({ amount }: RefundWatch, news: RefundNews): RefundVerdict | undefined {
  switch (news.kind) {
    case 'succeeded':
      return isAmount(news.amount, amount) ? 'succeeded' : 'mismatched';
    case 'failed':
      return 'refused';
    case 'processing':
      return undefined;
  }
}

export const applyRefundVerdict = (refund: WatchedRefund, verdict: RefundVerdict): Outcome<WatchedRefund> =>
  follow<RefundStep, RefundStatus, WatchedRefund>(refundLife, stepOf[verdict], refund);

export const startWatchingRefund = (refund: WatchedRefund, watch: RefundWatch): Outcome<WatchedRefund> =>
  follow<RefundStep, RefundStatus, WatchedRefund>(refundLife, 'watch', { ...refund, watch });

/** What Antom answered when we asked how a refund stands. */
export type RefundAnswer =
  | { readonly kind: 'succeeded'; readonly news: RefundNews }
  | { readonly kind: 'failed' | 'processing' }
  /** Antom knows no such refund. */
  | { readonly kind: 'not-found' }
  /** The question itself was not answered; it says nothing about the refund. */
  | Unanswered;

/** Whether an answer says that this refund gives no money back: Antom's own word, or a refusal that left no refund behind. */
export const endsRefund = ({ status }: WatchedRefund, answer: RefundAnswer): boolean =>
  answer.kind === 'failed' || (answer.kind === 'not-found' && status === 'refused');
