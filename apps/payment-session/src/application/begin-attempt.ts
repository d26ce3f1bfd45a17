import { advance, type Attempt } from '../domain/attempt.js';
import { shutFor, tooLate } from '../domain/guard.js';
import { rejectAttempt } from './end-attempt.js';
import { type OrderInHand } from './order-in-hand.js';
import { type Stores } from './ports.js';

/** Tells the others of an attempt: from here on it may succeed. */
export const sayStarted = (stores: Stores, attempt: Attempt): Promise<void> => {
  const { orderId, paymentSessionId, order, amount, bankChoice, endsAt } = attempt;
  return stores.say({
    type: 'PaymentAttemptStarted',
    identity: paymentSessionId,
    data: {
      ...{ orderId, paymentSessionId, paymentRequestId: paymentSessionId },
      ...{ order, amount, bankChoice, endsAt: endsAt.toISOString() },
    },
  });
};

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
  if (moved.kind !== 'moved') return;
  const begun = { ...moved.thing, announced: true };
  await stores.attempts.save(begun, now);
  await sayStarted(stores, begun);
}
