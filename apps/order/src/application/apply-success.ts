import { type Order, settle, type Success, type Trouble } from '../domain/order.js';
import { type ReceivedPayment } from '../domain/refund.js';
import { applyRefund } from './apply-refund.js';
import { openCase } from './open-case.js';
import { type Policy, type Stores } from './ports.js';

/** A payment succeeded: the order is paid by it once, or a person has to look. */
export async function applySuccess(stores: Stores, { latePayment }: Policy, success: Success): Promise<void> {
  const settled = settle(await stores.orders.lock(success.orderId), success, latePayment);
  if (settled.kind === 'moved') await pay(stores, settled.thing, success);
  else if (settled.kind === 'refused' && settled.trouble !== undefined)
    await raise(stores, settled.thing, success, settled.trouble);
}

/** Keeps what arrived, and applies the refunds of it that came too early. */
export async function receive(stores: Stores, payment: ReceivedPayment): Promise<void> {
  await stores.payments.record(payment);
  for (const refund of await stores.waiting.takeRefunds(payment)) await applyRefund(stores, refund);
}

async function pay(stores: Stores, order: Order, success: Success): Promise<void> {
  const { paymentSessionId, paymentId, amount, paidAt } = success;
  const { description } = order.facts ?? success.order;
  await stores.orders.save(order);
  await stores.say({
    type: 'OrderPaid',
    identity: order.id,
    data: { orderId: order.id, paymentSessionId, paymentId, amount, paidAt, description },
  });
  await receive(stores, received(success, 'kept'));
}

async function raise(stores: Stores, order: Order, success: Success, trouble: Trouble): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount, paidAt, heardAt } = success;
  const kept = order.paidBy === null ? 'no payment' : `${order.paidBy.paymentSessionId} ${order.paidBy.paymentId}`;
  const { opened } = await openCase(stores, {
    kind: trouble,
    orderId,
    paymentSessionId,
    paymentId,
    evidence: { received: `${amount.value} ${amount.currency} at ${paidAt}`, kept },
    since: heardAt,
  });
  if (!opened) return;
  await stores.orders.save(order);
  await receive(stores, received(success, trouble));
}

function received(success: Success, standing: ReceivedPayment['standing']): ReceivedPayment {
  const { orderId, paymentSessionId, paymentId, amount, paidAt } = success;
  return { orderId, paymentSessionId, paymentId, amount, paidAt, standing };
}
