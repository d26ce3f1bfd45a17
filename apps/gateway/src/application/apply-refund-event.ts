import { type Outcome } from '@kasir/kernel';
import { advanceRefund, newRefund, type Refund } from '../domain/refund.js';
import { type AnyEvent, type Applied } from './apply-session-event.js';
import { type Stores } from './ports.js';

type RefundEvent = Extract<AnyEvent, { type: 'RefundStarted' | 'RefundRejected' | 'RefundSucceeded' | 'RefundFailed' }>;
const types: readonly string[] = ['RefundStarted', 'RefundRejected', 'RefundSucceeded', 'RefundFailed'];
const isOfRefund = (event: AnyEvent): event is RefundEvent => types.includes(event.type);

/** Moves the merchant's view of a refund, also of one that a person began by resolving a case. */
export async function applyRefundEvent({ refunds }: Stores, event: AnyEvent): Promise<Applied<Refund>> {
  if (!isOfRefund(event)) return { kind: 'no-concern' };
  if (event.type === 'RefundStarted' && event.data.cause === 'case') await refunds.claim(ofCase(event));
  const refund = await refunds.lock(event.data.refundRequestId);
  if (refund?.orderId !== event.data.orderId) return { kind: 'unknown' };
  const outcome = next(refund, event);
  if (outcome.kind === 'moved') await refunds.save(outcome.thing);
  return outcome;
}

const ofCase = ({ data, time }: Extract<AnyEvent, { type: 'RefundStarted' }>): Refund => {
  const { refundRequestId: id, orderId, paymentSessionId, paymentId, amount, caseId } = data;
  const reason = `resolves case ${caseId ?? id}`;
  return newRefund({ id, orderId, paymentSessionId, paymentId, amount, reason, createdAt: new Date(time) });
};

function next(refund: Refund, event: RefundEvent): Outcome<Refund> {
  switch (event.type) {
    case 'RefundStarted':
      return advanceRefund(refund, 'start', { paymentId: event.data.paymentId });
    case 'RefundRejected': {
      const { code, message, errors } = event.data;
      return advanceRefund(refund, 'reject', { obstacle: { code, message, errors } });
    }
    case 'RefundFailed':
      return advanceRefund(refund, 'fail', { obstacle: { code: event.data.code, message: event.data.message } });
    case 'RefundSucceeded': {
      const { paymentId, refundedAt } = event.data;
      return advanceRefund(refund, 'succeed', { paymentId, refundedAt: new Date(refundedAt) });
    }
  }
}

/** Money that went back without a refund of ours counts as one that succeeded, once per return. */
export async function keepReturn({ refunds }: Pick<Stores, 'refunds'>, event: AnyEvent): Promise<void> {
  const returned = returnIn(event);
  if (returned === undefined) return;
  const { at, ...about } = returned;
  const refund = newRefund({ ...about, reason: 'given back without a refund of ours', createdAt: new Date(at) });
  await refunds.claim(advanceRefund(refund, 'succeed', { refundedAt: refund.createdAt }).thing);
}

function returnIn({ type, data }: AnyEvent) {
  if (type !== 'PaymentReturned' && (type !== 'OrderRefunded' || data.origin !== 'outside')) return undefined;
  const { orderId, paymentSessionId, paymentId, amount } = data;
  const about = { orderId, paymentSessionId, paymentId, amount };
  return type === 'PaymentReturned'
    ? { ...about, id: data.returnId, at: data.returnedAt }
    : { ...about, id: data.refundId, at: data.refundedAt };
}
