import { type Session } from '../state/views.js';
import { antomTime } from '../time/antom-time.js';

/** The body of Antom's notifyPayment. It names the attempt, never the order. */
export function paymentNotification(
  session: Pick<Session, 'paymentRequestId' | 'amount'>,
  paymentId: string,
  outcome: 'paid' | 'refused',
  code: string,
  now: Date,
): string {
  const paid = outcome === 'paid';
  const { paymentRequestId, amount } = session;
  return JSON.stringify({
    notifyType: 'PAYMENT_RESULT',
    result: {
      resultCode: code,
      resultStatus: paid ? 'S' : 'F',
      resultMessage: paid ? 'success' : 'The payment was refused.',
    },
    paymentRequestId,
    paymentId,
    paymentAmount: { currency: amount.currency, value: amount.value },
    paymentCreateTime: antomTime(now),
    ...(paid ? { paymentTime: antomTime(now) } : {}),
  });
}
