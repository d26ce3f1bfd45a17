import { advance, type Attempt } from '../domain/attempt.js';
import { inProgressRefusal } from '../domain/attempt-policy.js';
import { type CancelEnd } from '../domain/cancel.js';
import { maySupersede } from '../domain/second-attempt.js';
import { beginWaiting } from './begin-attempt.js';
import { rejectAttempt } from './end-attempt.js';
import { type OrderInHand, waitingIn } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';

/** What the answer to the cancel of the living attempt means for the one that is to take its place. */
export async function settleWaiting(
  stores: Stores,
  { clock, secondAttempt }: Tools,
  order: OrderInHand,
  living: Attempt,
  end: CancelEnd,
): Promise<void> {
  const waiting = waitingIn(order);
  if (waiting === undefined) return;
  if (end.answer === 'cancelled') return beginWaiting(stores, order, waiting, clock.now());
  const decided = end.answer === 'refused' || end.answer === 'impossible';
  const unused = decided && end.unused && !living.used;
  const superseded = advance(living, 'supersede');
  if (!maySupersede(secondAttempt, living.bankChoice, unused) || superseded.kind !== 'moved')
    return rejectAttempt(stores, waiting, inProgressRefusal(living.paymentSessionId));
  await stores.attempts.save(superseded.thing);
  await beginWaiting(stores, order, waiting, clock.now());
}
