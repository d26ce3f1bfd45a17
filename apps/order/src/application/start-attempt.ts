import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { openOrder } from '../domain/order.js';
import { applySuccess } from './apply-success.js';
import { type Stores } from './ports.js';

/** An attempt has started: its order exists from now on, and what was heard of it too early is applied. */
export async function startAttempt(
  stores: Stores,
  started: DataOf<PaymentSessionEvent, 'PaymentAttemptStarted'>,
): Promise<void> {
  const { orderId, paymentSessionId, amount } = started;
  const opened = openOrder(await stores.orders.lock(orderId), started.order);
  await stores.attempts.add({ paymentSessionId, orderId, amount });
  if (opened.kind === 'moved') {
    await stores.orders.save(opened.thing);
    await stores.say({ type: 'OrderOpened', identity: orderId, data: { orderId, order: started.order } });
  }
  for (const success of await stores.waiting.take(paymentSessionId)) await applySuccess(stores, orderId, success);
}
