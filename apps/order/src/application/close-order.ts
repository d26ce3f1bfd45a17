import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { closeOrder as close } from '../domain/order.js';
import { type Stores } from './ports.js';

/** The last attempt of a sealed order has ended without money: the order is closed. A paid order stays paid. */
export async function closeOrder(
  stores: Stores,
  { orderId }: Pick<DataOf<PaymentSessionEvent, 'OrderDrained'>, 'orderId'>,
): Promise<void> {
  const closed = close(await stores.orders.lock(orderId));
  if (closed.kind !== 'moved') return;
  const { seal } = closed.thing;
  await stores.orders.save(closed.thing);
  // The seal comes first on the same topic; it is missing only where an operator has discarded it.
  await stores.publish({ type: 'OrderClosed', identity: orderId, data: { orderId, cause: seal?.cause ?? 'expired' } });
}
