import { closeOrder, type Order } from '../domain/order.js';
import { type Stores } from './ports.js';

/** A sealed order is closed with the end of the last of its attempts. */
export async function closeWhenEnded(stores: Stores, order: Order): Promise<void> {
  if (order.status !== 'closing' || order.seal === null) return;
  const closed = closeOrder(order, await stores.ends.of(order.id));
  if (closed.kind !== 'moved') return;
  await stores.orders.save(closed.thing);
  await stores.say({
    type: 'OrderClosed',
    identity: order.id,
    data: { orderId: order.id, cause: order.seal.cause },
  });
}
