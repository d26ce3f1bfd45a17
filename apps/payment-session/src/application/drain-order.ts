import { type Attempt, hasEnded } from '../domain/attempt.js';
import { takeOrder } from './order-in-hand.js';
import { type Stores } from './ports.js';

/** Tells once of a sealed order that the last of its attempts has ended without money. */
export async function drainOrder(stores: Stores, orderId: string, now: Date): Promise<void> {
  const { lock, attempts } = await takeOrder(stores, orderId);
  if (lock.status !== 'sealed' || lock.drainedAt !== undefined) return;
  if (lock.underReview > 0 || !attempts.every(bringsNothing)) return;
  await stores.orders.save({ ...lock, drainedAt: now });
  await stores.say({ type: 'OrderDrained', identity: orderId, data: { orderId, drainedAt: now.toISOString() } });
}

/** The money of a success pays its order, so that where an order is sealed and not paid, that money went back. */
const bringsNothing = (attempt: Attempt): boolean => hasEnded(attempt) || attempt.status === 'succeeded';
