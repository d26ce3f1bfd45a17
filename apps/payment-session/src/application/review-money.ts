import { type OrderLock, reviewing } from '../domain/order-lock.js';
import { type Stores } from './ports.js';

/** A person has decided about one payment that had locked its order. */
export async function reviewed(stores: Stores, lock: OrderLock): Promise<OrderLock> {
  const fewer = reviewing(lock, -1);
  await stores.orders.save(fewer);
  return fewer;
}
