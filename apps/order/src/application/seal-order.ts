import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { sealOrder as seal } from '../domain/order.js';
import { closeWhenEnded } from './close-when-ended.js';
import { type Stores } from './ports.js';

/** No new attempt will start: the order is closing, or closed where all of them have ended. A paid order stays paid. */
export async function sealOrder(
  stores: Stores,
  { orderId, cause, paymentSessionIds }: DataOf<PaymentSessionEvent, 'OrderSealed'>,
): Promise<void> {
  const sealed = seal(await stores.orders.lock(orderId), { cause, paymentSessionIds });
  if (sealed.kind !== 'moved') return;
  await stores.orders.save(sealed.thing);
  await closeWhenEnded(stores, sealed.thing);
}
