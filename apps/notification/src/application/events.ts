import { type PaymentNews } from '../domain/payment-news.js';
import { type OpenQuestion } from '../domain/open-question.js';
import { type Watch } from '../domain/watched-payment.js';
import { type RefundWatch } from '../domain/watched-refund.js';
import { type News } from './ports.js';

type Told = 'succeeded' | 'failed' | 'pending' | 'mismatched';

/** What is said of one of Antom's payments. */
export function paymentEvent(
  { orderId, paymentSessionId, order, amount }: Watch,
  news: PaymentNews,
  verdict: Told,
): News {
  const { paymentRequestId, paymentId } = news;
  const identity = `${paymentRequestId}/${paymentId}/${verdict}`;
  const payment = { orderId, paymentSessionId, paymentRequestId, paymentId };
  if (verdict === 'mismatched')
    return { type: 'PaymentMismatched', identity, data: { ...payment, expected: amount, received: news.amount } };
  switch (news.kind) {
    case 'succeeded':
      return { type: 'PaymentSucceeded', identity, data: { ...payment, order, amount, paidAt: news.paidAt } };
    case 'failed':
      return { type: 'PaymentFailed', identity, data: { ...payment, code: news.code, message: news.message } };
    case 'pending':
      return { type: 'PaymentPending', identity, data: { ...payment, amount } };
  }
}

/** What is said of the end of a whole attempt. */
export function endEvent(
  type: 'PaymentExpired' | 'PaymentCancelled',
  { orderId, paymentSessionId }: Watch,
  paymentRequestId: string,
): News {
  return { type, identity: paymentRequestId, data: { orderId, paymentSessionId, paymentRequestId } };
}

type Evidence = Readonly<Record<string, string>>;

/** Money of an attempt that was cancelled, with what the inquiry said. */
export function afterCancelEvent(
  { orderId, paymentSessionId, amount }: Watch,
  question: OpenQuestion,
  evidence: Evidence,
): News {
  const { paymentRequestId, paymentId, paidAt } = question;
  return {
    type: 'PaymentReceivedAfterCancel',
    identity: `${paymentRequestId}/${paymentId}`,
    data: { orderId, paymentSessionId, paymentRequestId, paymentId, amount, paidAt, evidence },
  };
}

export function noAnswerEvent(
  { orderId, paymentSessionId }: Watch,
  paymentRequestId: string,
  evidence: Evidence,
): News {
  return {
    type: 'PaymentNeedsAttention',
    // Nobody answers about an attempt once, and about each payment of Antom's for it once.
    identity: ['no-answer', paymentRequestId, evidence['paymentId'] ?? []].flat().join('/'),
    data: { orderId, paymentSessionId, paymentRequestId, kind: 'no-answer', evidence },
  };
}

const refundFacts = (
  refundRequestId: string,
  { orderId, paymentSessionId, paymentRequestId, paymentId }: RefundWatch,
) => ({
  orderId,
  paymentSessionId,
  paymentRequestId,
  paymentId,
  refundRequestId,
});

export const refundSucceededEvent = (refundRequestId: string, watch: RefundWatch, refundedAt: string): News => ({
  type: 'RefundSucceeded',
  identity: refundRequestId,
  data: { ...refundFacts(refundRequestId, watch), amount: watch.amount, refundedAt, origin: watch.origin },
});

export const refundFailedEvent = (
  refundRequestId: string,
  watch: RefundWatch,
  { code, message }: { readonly code: string; readonly message: string },
): News => ({
  type: 'RefundFailed',
  identity: refundRequestId,
  data: { ...refundFacts(refundRequestId, watch), amount: watch.amount, code, message },
});

export const refundAttentionEvent = (
  refundRequestId: string,
  { orderId, paymentSessionId }: Pick<RefundWatch, 'orderId' | 'paymentSessionId'>,
  kind: 'no-answer' | 'amount-mismatch',
  evidence: Evidence,
): News => ({
  type: 'RefundNeedsAttention',
  identity: `${kind}/${refundRequestId}`,
  data: { orderId, paymentSessionId, refundRequestId, kind, evidence },
});
