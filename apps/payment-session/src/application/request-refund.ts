import { type Attempt } from '../domain/attempt.js';
import { type Payment } from '../domain/payment.js';
import { patienceMs, type Refund } from '../domain/refund.js';
import { admitRefund } from './admit-refund.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { notPaid, rejectRefund } from './reject-refund.js';

export type RefundAsked = Omit<Refund, 'status' | 'hint' | 'request'>;

/** Money is to go back, by a request of the merchant or by a case. The same id again is the same refund. */
export async function requestRefund(stores: Stores, tools: Tools, asked: RefundAsked): Promise<void> {
  const order = await takeOrder(stores, asked.orderId);
  if ((await stores.refunds.find(asked.refundRequestId)) !== undefined) return;
  const attempt = attemptIn(order, asked.paymentSessionId);
  const refund: Refund = { ...asked, status: 'waiting' };
  await stores.refunds.add(refund, new Date(tools.clock.now().getTime() + patienceMs));
  if (attempt === undefined || attempt.status === 'waiting') return rejectRefund(stores, refund, notPaid);
  // The success may be known elsewhere before it is known here.
  await admitIfPaid(stores, tools, attempt, refund);
}

/** Their payment is known now: refunds that were asked for before it go on. */
export async function admitWaitingRefunds(stores: Stores, tools: Tools, attempt: Attempt): Promise<void> {
  for (const refund of await stores.refunds.ofAttempt(attempt.paymentSessionId))
    if (refund.status === 'waiting') await admitIfPaid(stores, tools, attempt, refund);
}

async function admitIfPaid(stores: Stores, tools: Tools, attempt: Attempt, refund: Refund): Promise<void> {
  const payment = await paymentOf(stores, attempt, refund);
  if (payment !== undefined) await admitRefund(stores, tools, { attempt, payment }, refund);
}

/** The payment that a refund is of: the one it names, else the first success of its attempt. Undefined before its money is known. */
async function paymentOf(
  { payments }: Stores,
  { paymentSessionId, paymentId: first }: Attempt,
  { paymentId = first }: Refund,
): Promise<Payment | undefined> {
  const payment = paymentId === undefined ? undefined : await payments.find(paymentSessionId, paymentId);
  return payment?.received === undefined ? undefined : payment;
}
