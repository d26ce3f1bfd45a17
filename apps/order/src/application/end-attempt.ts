import { type AttemptEnd } from '../domain/attempt-end.js';
import { closeWhenEnded } from './close-when-ended.js';
import { type Stores } from './ports.js';

interface Ended {
  readonly orderId: string;
  readonly paymentSessionId: string;
}

/** An attempt ended without money. It counts whether it is heard of before the order is sealed or after. */
export async function endAttempt(stores: Stores, { orderId, paymentSessionId }: Ended, end: AttemptEnd): Promise<void> {
  const order = await stores.orders.lock(orderId);
  await stores.ends.add(orderId, paymentSessionId, end);
  await closeWhenEnded(stores, order);
}
