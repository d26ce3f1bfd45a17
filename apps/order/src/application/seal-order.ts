import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { sealOrder as seal } from '../domain/order.js';
import { type Stores } from './ports.js';

/** No new attempt will start: the order is closing. A paid order stays paid. */
export async function sealOrder(
  stores: Stores,
  { orderId, cause, sealedAt }: DataOf<PaymentSessionEvent, 'OrderSealed'>,
): Promise<void> {
  const sealed = seal(await stores.orders.lock(orderId), { cause, sealedAt });
  if (sealed.kind === 'moved') await stores.orders.save(sealed.thing);
}
