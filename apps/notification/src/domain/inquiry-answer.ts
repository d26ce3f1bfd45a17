import { type PaymentUpdate } from './payment-update.js';
import { type RefundUpdate } from './refund-update.js';
import { type Unanswered } from './unanswered.js';

/** What Antom answered to an inquiry about a payment. */
export type InquiryAnswer =
  /** It brought money, or the bank has refused a try, or has not decided. */
  | { readonly kind: 'update'; readonly update: PaymentUpdate; readonly refunds: readonly RefundUpdate[] }
  /** The buyer has begun to pay. */
  | { readonly kind: 'processing' }
  /** Antom knows no payment: before the end the buyer may still begin one. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'cancelled'; readonly refunds: readonly RefundUpdate[]; readonly at?: string }
  | Unanswered;

/** Whether an answer that came after the attempt's last moment means that no money can come of it any more. */
export const endsAttempt = (answer: InquiryAnswer): boolean =>
  answer.kind === 'not-found' || inOneWord(answer) === 'failed';

/** An answer in one word, as evidence for a person. */
export const inOneWord = (answer: InquiryAnswer): string =>
  answer.kind === 'update' ? answer.update.kind : answer.kind;

/** The refunds in the history of the payment, as far as the answer has one. */
export const refundsIn = (answer: InquiryAnswer | undefined): readonly RefundUpdate[] =>
  answer !== undefined && 'refunds' in answer ? answer.refunds : [];
