import { type PaymentUpdate } from '../domain/payment-update.js';
import { type PendingInquiry } from '../domain/pending-inquiry.js';
import { inWords, type Returned } from '../domain/returned.js';
import { type PaymentOutcome, type Watched } from '../domain/watched-payment.js';
import { type Refusal, type RefundAttention, type Started } from '../domain/watched-refund.js';
import { type NewEvent } from './ports.js';

type DataOf<Type> = Extract<NewEvent, { type: Type }>['data'];
type Attention = DataOf<'PaymentNeedsAttention'>;
type About = Pick<Attention, 'orderId'> & { readonly paymentSessionId: string };

const about = ({ watch, paymentRequestId }: Watched): About => ({
  orderId: watch.orderId,
  paymentSessionId: paymentRequestId,
});

/** What is published of one of Antom's payments. */
export function paymentEvent(payment: Watched, update: PaymentUpdate, outcome: PaymentOutcome): NewEvent {
  const { order, amount } = payment.watch;
  const { paymentId } = update;
  const identity = `${payment.paymentRequestId}/${paymentId}/${outcome}`;
  const data = { ...about(payment), paymentId };
  switch (update.kind) {
    case 'succeeded': {
      const { paidAt } = update;
      if (outcome === 'succeeded')
        return { type: 'PaymentSucceeded', identity, data: { ...data, order, amount, paidAt } };
      const evidence = { expected: inWords(amount), received: inWords(update.amount) };
      const money = { expected: amount, received: update.amount, paidAt, order };
      return attention({ ...data, ...money, kind: 'other-amount', evidence });
    }
    case 'failed':
      return { type: 'PaymentFailed', identity, data: { ...data, code: update.code, message: update.message } };
    case 'pending':
      return { type: 'PaymentPending', identity, data: { ...data, amount, cause: 'bank' } };
  }
}

/** Antom is asked about a success that came after a cancel was started. */
export const inquiringEvent = (payment: Watched, paymentId: string): NewEvent => ({
  type: 'PaymentPending',
  identity: `${payment.paymentRequestId}/${paymentId}/inquiring-after-cancel`,
  data: { ...about(payment), paymentId, amount: payment.watch.amount, cause: 'inquiring-after-cancel' },
});

/** What is published of the end of a whole attempt. */
export const endEvent = (type: 'PaymentExpired' | 'PaymentCancelled', payment: Watched): NewEvent => ({
  type,
  identity: payment.paymentRequestId,
  data: about(payment),
});

/** Something that is for a person, named by its kind and by what it is about. */
const attention = (data: Attention & { readonly paymentSessionId: string }): NewEvent => ({
  type: 'PaymentNeedsAttention',
  identity: [data.kind, data.paymentSessionId, data.paymentId ?? [], data.reference ?? []].flat().join('/'),
  data,
});

type Evidence = Attention['evidence'];

export const attentionEvent = (payment: Watched, kind: string, evidence: Evidence, paymentId?: string): NewEvent =>
  attention({ ...about(payment), ...(paymentId === undefined ? {} : { paymentId }), kind, evidence });

/** Money of an attempt that was cancelled, with what the inquiry brought. It is not received again where it was a success before. */
export function afterCancelEvent(
  payment: Watched,
  { paymentId, paidAt }: PendingInquiry,
  evidence: Evidence,
): NewEvent {
  const { order, amount } = payment.watch;
  const money = payment.status === 'cancelled' ? { received: amount } : {};
  return attention({
    ...about(payment),
    paymentId,
    kind: 'after-cancel',
    expected: amount,
    ...money,
    paidAt,
    order,
    evidence,
  });
}

export const returnedEvent = (
  payment: Watched,
  { paymentId, returnId, cause, amount, returnedAt, evidence }: Returned,
): NewEvent => ({
  type: 'PaymentReturned',
  identity: returnId,
  data: { ...about(payment), paymentId, returnId, amount, cause, returnedAt, evidence },
});

const aboutRefund = ({ watch: { orderId, paymentRequestId, paymentId } }: Started) => ({
  ...{ orderId, paymentSessionId: paymentRequestId, paymentId },
});

const refundOf = (refund: Started) => ({
  ...{ ...aboutRefund(refund), refundRequestId: refund.refundRequestId, amount: refund.watch.amount },
});

export const refundSucceededEvent = (refund: Started, refundedAt: string): NewEvent => ({
  type: 'RefundSucceeded',
  identity: refund.refundRequestId,
  data: { ...refundOf(refund), refundedAt },
});

export const refundFailedEvent = (refund: Started, { code, message }: Refusal): NewEvent => ({
  type: 'RefundFailed',
  identity: refund.refundRequestId,
  data: { ...refundOf(refund), code, message },
});

export const refundAttentionEvent = (refund: Started, kind: RefundAttention, evidence: Evidence): NewEvent =>
  attention({ ...aboutRefund(refund), kind, reference: refund.refundRequestId, evidence });
