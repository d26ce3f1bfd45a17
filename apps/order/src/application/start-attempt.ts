import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { openOrder } from '../domain/order.js';
import { applySuccess } from './apply-success.js';
import { type Policy, type Stores } from './ports.js';

/** An attempt has started: its order exists from now on, and what was heard of it too early is applied. */
export async function startAttempt(
  stores: Stores,
  policy: Policy,
  started: DataOf<PaymentSessionEvent, 'PaymentAttemptStarted'>,
): Promise<void> {
  const { orderId, paymentSessionId, amount, bankChoice } = started;
  const opened = openOrder(await stores.orders.lock(orderId), started.order);
  await stores.attempts.add({ paymentSessionId, orderId, amount, category: bankChoice.category ?? null });
  if (opened.kind === 'moved') {
    await stores.orders.save(opened.thing);
    await stores.say({ type: 'OrderOpened', identity: orderId, data: { orderId, order: started.order } });
  }
  for (const success of await stores.waiting.takeSuccesses(paymentSessionId))
    await applySuccess(stores, policy, orderId, success);
}
