import { type Attempt, type Order, settle, type Success, type Trouble } from '../domain/order.js';
import { type ReceivedPayment, refundOfDouble } from '../domain/refund.js';
import { applyRefund } from './apply-refund.js';
import { openCase } from './open-case.js';
import { type Policy, type Stores } from './ports.js';

/** A payment succeeded: the order is paid by it once, or a person has to look. A success whose attempt is unknown waits for it. */
export async function applySuccess(stores: Stores, policy: Policy, orderId: string, success: Success): Promise<void> {
  const order = await stores.orders.lock(orderId);
  const attempt = await stores.attempts.find(success.paymentSessionId);
  if (attempt === undefined) return stores.waiting.keepSuccess(orderId, success);
  const end = await stores.ends.find(success.paymentSessionId);
  const settled = settle(order, attempt, success, { end, latePayment: policy.latePayment });
  if (settled.kind === 'moved') await pay(stores, settled.thing, success);
  else if (settled.kind === 'refused' && settled.trouble !== undefined)
    await raise(stores, policy, { order, attempt, success, trouble: settled.trouble });
}

/** Keeps what arrived, and applies the refunds of it that were heard of too early. */
export async function receive(stores: Stores, payment: ReceivedPayment): Promise<void> {
  await stores.payments.record(payment);
  for (const refund of await stores.waiting.takeRefunds(payment)) await applyRefund(stores, refund);
}

async function pay(stores: Stores, order: Order, success: Success): Promise<void> {
  const { paymentSessionId, paymentId, amount, paidAt } = success;
  const description = order.facts?.description ?? '';
  await stores.orders.save(order);
  await stores.say({
    type: 'OrderPaid',
    identity: order.id,
    data: { orderId: order.id, paymentSessionId, paymentId, amount, paidAt, description },
  });
  await receive(stores, { ...received(order, success), standing: 'kept' });
}

interface Raised {
  readonly order: Order;
  readonly attempt: Attempt;
  readonly success: Success;
  readonly trouble: Trouble;
}

async function raise(stores: Stores, policy: Policy, raised: Raised): Promise<void> {
  const { order, success, trouble } = raised;
  const { paymentSessionId, paymentId, amount, paidAt, heardAt } = success;
  const kept = order.paidBy === null ? 'no payment' : `${order.paidBy.paymentSessionId} ${order.paidBy.paymentId}`;
  const { caseId, opened } = await openCase(stores, {
    kind: trouble,
    orderId: order.id,
    paymentSessionId,
    paymentId,
    evidence: { received: `${amount.value} ${amount.currency} at ${paidAt}`, kept },
    since: heardAt,
  });
  if (!opened) return;
  if (trouble === 'second-success') await giveBack(stores, policy, raised, caseId);
  await receive(stores, { ...received(order, success), standing: trouble });
}

/** Where the merchant's rule says so, the second payment goes back; payment-session asks Antom about both before it does. */
async function giveBack(
  stores: Stores,
  { refundDoubles }: Policy,
  { order, attempt, success }: Raised,
  caseId: string,
): Promise<void> {
  const refundRequestId = refundOfDouble(order.paidBy, attempt, success, refundDoubles);
  if (refundRequestId === undefined || order.paidBy === null) return;
  const { paymentSessionId, paymentId, amount, heardAt } = success;
  await stores.say({
    type: 'OrderRefundRequested',
    identity: refundRequestId,
    data: {
      orderId: order.id,
      refundRequestId,
      paymentSessionId,
      paymentId,
      amount,
      keptPaymentSessionId: order.paidBy.paymentSessionId,
    },
  });
  await stores.cases.note(caseId, { at: heardAt, by: 'kasir', reason: `REFUND_DOUBLES asks for ${refundRequestId}` });
}

const received = (order: Order, { paymentSessionId, paymentId, amount, paidAt }: Success) => ({
  orderId: order.id,
  paymentSessionId,
  paymentId,
  amount,
  paidAt,
});
