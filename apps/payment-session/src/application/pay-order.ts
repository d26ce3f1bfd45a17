import { advanceLock } from '../domain/order-lock.js';
import { type OrderInHand } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { stopAttempts } from './stop-attempts.js';

/** Money pays the order: it takes no attempt any more, and the other ones are stopped. A paid order stays as it is. */
export async function payOrder(
  stores: Stores,
  tools: Tools,
  { lock, attempts }: OrderInHand,
  paymentSessionId: string,
): Promise<void> {
  const paid = advanceLock(lock, 'pay');
  if (paid.kind !== 'moved') return;
  await stores.orders.save(paid.thing);
  const others = attempts.filter((attempt) => attempt.paymentSessionId !== paymentSessionId);
  await stopAttempts(stores, tools, paid.thing, others);
}
