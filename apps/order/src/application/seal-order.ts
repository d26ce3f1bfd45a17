import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { isTooLate, type Order, sealOrder as seal } from '../domain/order.js';
import { type Policy, type Stores } from './ports.js';
import { openMoneyCase } from './record-success.js';

/** No new attempt will start: the order is closing. A paid order stays paid, and its end is known from now on. */
export async function sealOrder(
  stores: Stores,
  policy: Policy,
  { orderId, cause, sealedAt, lastEndsAt }: DataOf<PaymentSessionEvent, 'OrderSealed'>,
  at: string,
): Promise<void> {
  const order = await stores.orders.lock(orderId);
  if (order.seal !== null) return;
  const sealed = seal(order, { cause, sealedAt }, lastEndsAt);
  await stores.orders.save(sealed);
  await reportLatePayment(stores, policy, sealed, at);
}

/** The money was judged by the order's own end, before we knew that it was sealed earlier. */
async function reportLatePayment(stores: Stores, policy: Policy, order: Order, at: string): Promise<void> {
  const payment = order.paidBy === null ? undefined : await stores.payments.find(order.paidBy);
  if (payment === undefined || payment.amount === null) return;
  if (isTooLate(order, payment.paidAt, policy)) await openMoneyCase(stores, 'late-payment', order, payment, at);
}
