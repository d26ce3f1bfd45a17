import { type Refund } from '../state/views.js';
import { antomTime } from '../time/antom-time.js';

/** The body of Antom's notifyRefund. Its `refundStatus` decides; it does not name the payment. */
export function refundNotification(
  { refundRequestId, refundId, amount }: Pick<Refund, 'refundRequestId' | 'refundId' | 'amount'>,
  outcome: 'refunded' | 'failed',
  code: string,
  now: Date,
): string {
  const done = outcome === 'refunded';
  return JSON.stringify({
    notifyType: 'REFUND_RESULT',
    result: {
      resultCode: code,
      resultStatus: done ? 'S' : 'F',
      resultMessage: done ? 'success' : 'The refund failed.',
    },
    refundStatus: done ? 'SUCCESS' : 'FAIL',
    refundRequestId,
    refundId,
    refundAmount: { currency: amount.currency, value: amount.value },
    ...(done ? { refundTime: antomTime(now) } : {}),
  });
}
