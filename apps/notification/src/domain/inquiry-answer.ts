import { type PaymentNews } from './watched-payment.js';

/** What Antom answered when we asked how a payment stands. */
export type InquiryAnswer =
  /** It brought money, or the bank has refused a try, or has not decided. */
  | { readonly kind: 'news'; readonly news: PaymentNews }
  /** The shopper has begun to pay. */
  | { readonly kind: 'processing' }
  /** Antom knows no payment: before the end the shopper may still begin one. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'cancelled' }
  /** The question itself was not answered; it says nothing about the payment. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Whether an answer that came after the attempt's last moment says that no money can come of it any more. */
export const endsAttempt = (answer: InquiryAnswer): boolean =>
  answer.kind === 'not-found' ||
  answer.kind === 'cancelled' ||
  (answer.kind === 'news' && answer.news.kind === 'failed');
