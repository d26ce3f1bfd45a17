import { type PaymentInquiry, type RefundInquiry, type Transaction, type Unsure } from '@kasir/antom';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type PaymentUpdate } from '../domain/payment-update.js';
import { type RefundUpdate } from '../domain/refund-update.js';
import { type Unanswered } from '../domain/unanswered.js';
import { type RefundAnswer } from '../domain/watched-refund.js';

/** Antom's answer about a payment in our words. One about another attempt answers nothing. */
export function toInquiryAnswer(paymentRequestId: string, inquiry: PaymentInquiry, now: Date): InquiryAnswer {
  if (inquiry.kind === 'not-found') return { kind: 'not-found' };
  if (inquiry.kind === 'unknown') return unanswered(inquiry);
  if ((inquiry.paymentRequestId ?? paymentRequestId) !== paymentRequestId)
    return { kind: 'unknown', reason: 'about another' };
  const refunds = refundsIn(paymentRequestId, inquiry, now);
  if (inquiry.status === 'cancelled') return { kind: 'cancelled', refunds, ...cancelTime(inquiry) };
  const update = updateIn(paymentRequestId, inquiry, now);
  if (update !== undefined) return { kind: 'update', update, refunds };
  return { kind: inquiry.status === 'failed' ? 'not-found' : 'processing' };
}

type Told = Extract<PaymentInquiry, { kind: 'answered' }>;

function cancelTime({ transactions }: Told): { readonly at?: string } {
  const at = transactions.find(({ kind }) => kind === 'cancel')?.at;
  return at === undefined ? {} : { at: at.toISOString() };
}

/** An answer without an id or an amount can be told apart from no other, so it is only a hint. */
function updateIn(paymentRequestId: string, inquiry: Told, now: Date): PaymentUpdate | undefined {
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
const refundsIn = (paymentRequestId: string, { transactions, paymentId }: Told, now: Date): RefundUpdate[] =>
  transactions.flatMap((transaction) => {
    const { kind, requestId = transaction.id, amount } = transaction;
    if (kind !== 'refund' || requestId === undefined || requestId.length > 64 || amount === undefined) return [];
    const payment = paymentId === undefined ? { paymentRequestId } : { paymentId };
    const refundId = transaction.id === undefined ? {} : { refundId: transaction.id };
    return [{ ...refundOf(transaction, now), refundRequestId: requestId, ...refundId, amount, payment }];
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
  const update = { refundRequestId, kind: status, amount, refundedAt: refundedAt.toISOString(), code: '', message: '' };
  return { kind: 'succeeded', update };
}

function unanswered({ reason, sent, retryAfterMs = 0 }: Unsure): Unanswered {
  return { kind: 'unknown', reason, ...(sent === false ? { retryAfterMs } : {}) };
}
