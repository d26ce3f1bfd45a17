import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { type Attempt } from '../domain/attempt.js';
import { patienceMs, type Refund } from '../domain/refund.js';
import { admitRefund } from './admit-refund.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { paymentOf } from './payment-of.js';
import { type Stores, type Tools } from './ports.js';
import { notPaid, rejectRefund } from './reject-refund.js';

type Request = DataOf<SessionRequestEvent, 'RefundRequested'>;

/** The merchant wants money to go back. The same id again is the same refund. */
export async function requestRefund(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const { orderId, paymentSessionId, paymentId, refundRequestId, amount, reason } = request;
  const order = await takeOrder(stores, orderId);
  if ((await stores.refunds.find(refundRequestId)) !== undefined) return;
  const attempt = attemptIn(order, paymentSessionId);
  const named = paymentId === undefined ? {} : { paymentId };
  const names = { refundRequestId, orderId, paymentSessionId, ...named, amount, reason };
  const refund: Refund = { ...names, cause: 'requested', status: 'considered' };
  await stores.refunds.add(refund, new Date(tools.clock.now().getTime() + patienceMs));
  if (attempt === undefined || attempt.status === 'waiting') return rejectRefund(stores, refund, notPaid);
  // The merchant may have heard of the success before us.
  await admitIfPaid(stores, tools, attempt, refund);
}

/** The success of their payment has come: refunds that were asked for before it go on. */
export async function admitWaitingRefunds(stores: Stores, tools: Tools, attempt: Attempt): Promise<void> {
  for (const refund of await stores.refunds.ofAttempt(attempt.paymentSessionId))
    if (refund.status === 'considered') await admitIfPaid(stores, tools, attempt, refund);
}

async function admitIfPaid(stores: Stores, tools: Tools, attempt: Attempt, refund: Refund): Promise<void> {
  const payment = await paymentOf(stores, attempt, refund);
  if (payment !== undefined) await admitRefund(stores, tools, { attempt, payment }, refund);
}
