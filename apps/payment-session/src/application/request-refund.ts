import { type DataOf, type OrderEvent, type SessionRequestEvent } from '@kasir/contracts';
import { type Attempt } from '../domain/attempt.js';
import { patienceMs, type Refund } from '../domain/refund.js';
import { admitRefund } from './admit-refund.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { notPaid, rejectRefund } from './reject-refund.js';

type Request = DataOf<SessionRequestEvent, 'RefundRequested'>;
type Double = DataOf<OrderEvent, 'OrderRefundRequested'>;

/** The merchant wants money to go back. The same id again is the same refund. */
export async function requestRefund(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const { orderId, paymentSessionId, refundRequestId, amount, reason } = request;
  const order = await takeOrder(stores, orderId);
  if ((await stores.refunds.find(refundRequestId)) !== undefined) return;
  const attempt = attemptIn(order, paymentSessionId);
  const names = { refundRequestId, orderId, paymentSessionId, amount, reason };
  const refund: Refund = { ...names, cause: 'requested', status: 'considered' };
  await stores.refunds.add(refund, new Date(tools.clock.now().getTime() + patienceMs));
  if (attempt?.status === 'succeeded') return admitRefund(stores, tools, attempt, refund);
  // The merchant may have heard of the success before us.
  if (attempt === undefined || attempt.status === 'waiting') await rejectRefund(stores, refund, notPaid);
}

/** Our own rule gives a second payment of an order back, but first Antom is asked how both stand. */
export async function requestDoubleRefund(stores: Stores, tools: Tools, request: Double): Promise<void> {
  const { orderId, paymentSessionId, refundRequestId, paymentId, amount, keptPaymentSessionId } = request;
  const order = await takeOrder(stores, orderId);
  if ((await stores.refunds.find(refundRequestId)) !== undefined) return;
  const names = { refundRequestId, orderId, paymentSessionId, paymentId, amount, keptPaymentSessionId };
  const refund: Refund = { ...names, reason: 'second payment of the order', cause: 'double', status: 'considered' };
  await stores.refunds.add(refund, tools.clock.now());
  if (attemptIn(order, paymentSessionId) === undefined)
    return rejectRefund(stores, refund, { code: 'attempt_unknown', message: 'no attempt was started' });
  if (keptPaymentSessionId === paymentSessionId)
    await rejectRefund(stores, refund, { code: 'same_attempt', message: 'both payments are of one payment request' });
}

/** The success of their payment has come: refunds that were asked for before it go on. */
export async function admitWaitingRefunds(stores: Stores, tools: Tools, attempt: Attempt): Promise<void> {
  for (const refund of await stores.refunds.ofAttempt(attempt.paymentSessionId))
    if (refund.status === 'considered' && refund.cause === 'requested')
      await admitRefund(stores, tools, attempt, refund);
}
