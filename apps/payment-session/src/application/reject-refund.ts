import { type Evidence } from './evidence.js';
import { advanceRefund, type Refund } from '../domain/refund.js';
import { type Stores } from './ports.js';

interface Why {
  readonly code: string;
  readonly message: string;
}

export const notPaid: Why = { code: 'payment_not_succeeded', message: 'no success of the payment is known' };

/** Nobody is called for it. The merchant hears why; a double that stays with us is for a person. */
export async function rejectRefund(stores: Stores, refund: Refund, why: Why, evidence: Evidence = {}): Promise<void> {
  const moved = advanceRefund(refund, 'reject');
  if (moved.kind !== 'moved') return;
  await stores.refunds.save(moved.thing);
  const { refundRequestId, orderId, paymentSessionId } = refund;
  if (refund.cause === 'double')
    return stores.say({
      type: 'AttemptNeedsAttention',
      identity: refundRequestId,
      data: {
        ...{ orderId, paymentSessionId, kind: 'double-not-refunded' },
        evidence: { ...factsOf(refund), ...evidence, ...why },
      },
    });
  await stores.say({
    type: 'RefundRejected',
    identity: refundRequestId,
    data: { orderId, paymentSessionId, refundRequestId, ...why },
  });
}

const factsOf = ({ refundRequestId, paymentId = '', amount, keptPaymentSessionId = '' }: Refund): Evidence => ({
  ...{ refundRequestId, paymentId, keptPaymentSessionId },
  ...{ value: amount.value, currency: amount.currency },
});
