import { hasEnded } from '../domain/attempt.js';
import { isReviewed } from '../domain/review.js';
import { takeOrder } from './order-in-hand.js';
import { type Stores } from './ports.js';

/** Says once of a sealed order that the last of its attempts has ended without money. */
export async function drainOrder(stores: Stores, orderId: string, now: Date): Promise<void> {
  const { lock, attempts } = await takeOrder(stores, orderId);
  if (lock.status !== 'sealed' || lock.drainedAt !== undefined) return;
  const reviews = await stores.reviews.ofOrder(orderId);
  if (!attempts.every((attempt) => hasEnded(attempt) || isReviewed(reviews, attempt))) return;
  await stores.orders.save({ ...lock, drainedAt: now });
  await stores.say({ type: 'OrderDrained', identity: orderId, data: { orderId, drainedAt: now.toISOString() } });
}
