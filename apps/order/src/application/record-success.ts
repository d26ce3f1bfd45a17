import { endOf, type Order, settle, type Trouble } from '../domain/order.js';
import { isDecided, type Success } from '../domain/payment.js';
import { openCase } from './open-case.js';
import { type Policy, type Stores } from './ports.js';
import { publishPaid, receive } from './receive-payment.js';

/** A payment succeeded: the order is paid by it once, or a person has to look. */
export async function recordSuccess(stores: Stores, policy: Policy, success: Success, at: string): Promise<void> {
  const { order: _, ...arrived } = success;
  const before = await stores.orders.lock(success.orderId);
  const known = await stores.payments.find(success);
  if (isDecided(known)) return;
  const { kind, thing: order, trouble } = settle(before, success, policy);
  await stores.orders.save(order);
  if (kind === 'moved') await publishPaid(stores, order, arrived);
  if (trouble !== undefined) await openMoneyCase(stores, trouble, order, arrived, at);
  await receive(stores, known, { ...arrived, standing: trouble ?? 'paid' }, at);
}

/** Money that does not pay, or should not have paid, is put before a person. */
export async function openMoneyCase(
  stores: Stores,
  kind: Trouble,
  order: Order,
  { orderId, paymentSessionId, paymentId, amount, paidAt }: Omit<Success, 'order'>,
  at: string,
): Promise<void> {
  const { paidBy } = order;
  const evidence = {
    received: `${amount.value} ${amount.currency}`,
    paidAt,
    paidBy: paidBy === null ? 'no payment' : `${paidBy.paymentSessionId} ${paidBy.paymentId}`,
    ...(kind === 'late-payment' ? { end: endOf(order) ?? 'unknown' } : {}),
  };
  await openCase(stores, { kind, orderId, paymentSessionId, paymentId, evidence, since: at });
}
