import { advance, type Attempt } from '../domain/attempt.js';
import { shutFor, tooLate } from '../domain/attempt-policy.js';
import { rejectAttempt } from './end-attempt.js';
import { type OrderInHand } from './order-in-hand.js';
import { type Stores } from './ports.js';

/** Starts the attempt that has waited, now that none keeps it from starting; or says why its order takes none any more. */
export async function beginWaiting(
  stores: Stores,
  { lock }: Pick<OrderInHand, 'lock'>,
  waiting: Attempt,
  now: Date,
): Promise<void> {
  const refused = shutFor(lock) ?? tooLate(waiting, now);
  if (refused !== undefined) return rejectAttempt(stores, waiting, refused);
  const moved = advance(waiting, 'begin');
  if (moved.kind === 'moved') await stores.attempts.save(moved.thing, now);
}
