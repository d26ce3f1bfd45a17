import { follow, type Money, type Outcome } from '@kasir/kernel';
import { type Inquired, neverInquired } from './inquiry-plan.js';
import { type RefundStatus, type RefundTransition, refundTransitions } from './refund-transitions.js';
import { type RefundUpdate } from './refund-update.js';
import { type Unanswered } from './unanswered.js';
import { type Unmatched } from './unmatched.js';
import { type Announcement, isAmount } from './watched-payment.js';

/** What has to be known of a refund to judge what Antom reports of it. */
export interface RefundWatch {
  readonly orderId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly startedAt: string;
  readonly announcedBy: Announcement;
}

/** Why Antom gave no money back, in its own code and words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** A refund of ours, or money that went back without one. */
export interface WatchedRefund extends Inquired {
  readonly refundRequestId: string;
  readonly status: RefundStatus;
  readonly watch: RefundWatch | null;
  /** The last refusal that was reported. It fails nothing before Antom was asked. */
  readonly refusal: Refusal | null;
  /** What a person was told of it, each kind once. */
  readonly attention: readonly RefundAttention[];
  readonly waiting: readonly Unmatched<RefundUpdate>[];
}

export type RefundAttention = 'refund-no-answer' | 'refund-other-amount';

export type Started = WatchedRefund & { readonly watch: RefundWatch };

export const expectedRefund = (refundRequestId: string): WatchedRefund => ({
  ...neverInquired,
  ...{ refundRequestId, status: 'expected', watch: null, refusal: null, attention: [], waiting: [] },
});

/** What an update means for a refund. A refusal alone does not fail it: Antom is asked first. */
export function refundOutcomeOf(
  { amount }: RefundWatch,
  update: RefundUpdate,
): 'succeeded' | 'other-amount' | 'inquire' | 'nothing' {
  if (update.kind === 'processing') return 'nothing';
  if (update.kind === 'failed' || update.old === true) return 'inquire';
  return isAmount(update.amount, amount) ? 'succeeded' : 'other-amount';
}

export const refundTransition = <Refund extends WatchedRefund>(refund: Refund, by: RefundTransition): Outcome<Refund> =>
  follow<RefundTransition, RefundStatus, Refund>(refundTransitions, by, refund);

/** What Antom answered to an inquiry about a refund. */
export type RefundAnswer =
  | { readonly kind: 'succeeded'; readonly update: RefundUpdate }
  | { readonly kind: 'failed' | 'processing' }
  /** Antom knows no such refund. */
  | { readonly kind: 'not-found' }
  | Unanswered;

/** Whether this refund gives no money back: Antom's own word, or a refusal that left no refund behind. */
export const endsRefund = ({ refusal }: WatchedRefund, answer: RefundAnswer): boolean =>
  answer.kind === 'failed' || (answer.kind === 'not-found' && refusal !== null);
