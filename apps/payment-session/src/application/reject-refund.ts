import { advanceRefund, type Refund } from '../domain/refund.js';
import { type Stores } from './ports.js';

interface Why {
  readonly code: string;
  readonly message: string;
}

export const notPaid: Why = { code: 'payment_not_succeeded', message: 'no success of the payment is known' };

/** Antom is not called for it; the merchant learns why. */
export async function rejectRefund(stores: Stores, refund: Refund, why: Why): Promise<void> {
  const moved = advanceRefund(refund, 'reject');
  if (moved.kind !== 'moved') return;
  await stores.refunds.save(moved.thing);
  const { refundRequestId, orderId, paymentSessionId } = refund;
  await stores.say({
    type: 'RefundRejected',
    identity: refundRequestId,
    data: { orderId, paymentSessionId, refundRequestId, ...why },
  });
}
