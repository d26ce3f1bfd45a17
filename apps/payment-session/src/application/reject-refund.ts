import { advanceRefund, type Refund, type RefundProblem } from '../domain/refund.js';
import { type Stores } from './ports.js';

export const notPaid: RefundProblem = {
  code: 'payment_not_succeeded',
  message: 'no success of the payment is known',
};

/** Antom is not called for it; the merchant learns why. */
export async function rejectRefund(
  stores: Stores,
  refund: Refund,
  { code, message, errors }: RefundProblem,
): Promise<void> {
  const moved = advanceRefund(refund, 'reject');
  if (moved.kind !== 'moved') return;
  await stores.refunds.save(moved.thing);
  const { refundRequestId, orderId, paymentSessionId, caseId } = refund;
  await stores.say({
    type: 'RefundRejected',
    identity: refundRequestId,
    data: {
      ...{ orderId, paymentSessionId, refundRequestId, code, message },
      ...(errors === undefined ? {} : { errors: [...errors] }),
      ...(caseId === undefined ? {} : { caseId }),
    },
  });
}
