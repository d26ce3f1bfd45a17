import { type PaymentNews } from './payment-news.js';
import { type Unanswered } from './unanswered.js';
import { type RefundNews } from './watched-refund.js';

/** What Antom answered when we asked how a payment stands. */
export type InquiryAnswer =
  /** It brought money, or the bank has refused a try, or has not decided. */
  | { readonly kind: 'news'; readonly news: PaymentNews; readonly refunds: readonly RefundNews[] }
  /** The shopper has begun to pay. */
  | { readonly kind: 'processing' }
  /** Antom knows no payment: before the end the shopper may still begin one. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'cancelled'; readonly refunds: readonly RefundNews[] }
  /** The question itself was not answered; it says nothing about the payment. */
  | Unanswered;

/** Whether an answer that came after the attempt's last moment says that no money can come of it any more. */
export const endsAttempt = (answer: InquiryAnswer): boolean =>
  answer.kind === 'not-found' || (answer.kind === 'news' && answer.news.kind === 'failed');

/** An answer in one word, as evidence for a person. */
export const inOneWord = (answer: InquiryAnswer): string => (answer.kind === 'news' ? answer.news.kind : answer.kind);
