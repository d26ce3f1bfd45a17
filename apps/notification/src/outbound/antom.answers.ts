import { type PaymentInquiry, type RefundInquiry, type Transaction, type Unsure } from '@kasir/antom';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type Unanswered } from '../domain/unanswered.js';
import { type PaymentNews } from '../domain/payment-news.js';
import { type RefundAnswer, type RefundNews } from '../domain/watched-refund.js';

/** Antom's answer about a payment in our words. One about another attempt answers nothing. */
export function toInquiryAnswer(paymentRequestId: string, inquiry: PaymentInquiry, now: Date): InquiryAnswer {
  if (inquiry.kind === 'not-found') return { kind: 'not-found' };
  if (inquiry.kind === 'unknown') return unanswered(inquiry);
  if ((inquiry.paymentRequestId ?? paymentRequestId) !== paymentRequestId)
    return { kind: 'unknown', reason: 'about another' };
  const refunds = refundsIn(paymentRequestId, inquiry, now);
  if (inquiry.status === 'cancelled') return { kind: 'cancelled', refunds };
  const news = newsIn(paymentRequestId, inquiry, now);
  if (news !== undefined) return { kind: 'news', news, refunds };
  return { kind: inquiry.status === 'failed' ? 'not-found' : 'processing' };
}

type Told = Extract<PaymentInquiry, { kind: 'answered' }>;

/** A word without an id or an amount can be told apart from no other, so it is only a hint. */
function newsIn(paymentRequestId: string, inquiry: Told, now: Date): PaymentNews | undefined {
  const { paymentId, amount, code, message } = inquiry;
  if (paymentId === undefined || amount === undefined) return undefined;
  const payment = { paymentRequestId, paymentId, amount };
  switch (inquiry.status) {
    case 'succeeded':
      return { ...payment, kind: 'succeeded', paidAt: (inquiry.paidAt ?? now).toISOString() };
    case 'failed':
      return { ...payment, kind: 'failed', code, message };
    case 'processing':
    case 'pending':
      return { ...payment, kind: 'pending' };
    case 'cancelled':
      return undefined;
  }
}

/** What Antom has given back of a payment, or is about to. */
const refundsIn = (paymentRequestId: string, { transactions, paymentId }: Told, now: Date): RefundNews[] =>
  transactions.flatMap((transaction) => {
    const { kind, requestId = transaction.id, amount } = transaction;
    if (kind !== 'refund' || requestId === undefined || requestId.length > 64 || amount === undefined) return [];
    const payment = paymentId === undefined ? { paymentRequestId } : { paymentId };
    return [{ ...refundOf(transaction, now), refundRequestId: requestId, amount, payment }];
  });

const refundOf = ({ status, code = '', at }: Transaction, now: Date) => ({
  kind: status === 'succeeded' || status === 'failed' ? status : ('processing' as const),
  refundedAt: (at ?? now).toISOString(),
  code,
  message: '',
});

/** Antom's answer about a refund in our words. */
export function toRefundAnswer(refundRequestId: string, inquiry: RefundInquiry, now: Date): RefundAnswer {
  if (inquiry.kind === 'not-found') return { kind: 'not-found' };
  if (inquiry.kind === 'unknown') return unanswered(inquiry);
  const { status, amount, refundedAt = now } = inquiry;
  if (status !== 'succeeded') return { kind: status };
  if (amount === undefined) return { kind: 'unknown', reason: 'unreadable' };
  const news = { refundRequestId, kind: status, amount, refundedAt: refundedAt.toISOString(), code: '', message: '' };
  return { kind: 'succeeded', news };
}

function unanswered({ reason, sent, retryAfterMs = 0 }: Unsure): Unanswered {
  return { kind: 'unknown', reason, ...(sent === false ? { retryAfterMs } : {}) };
}
