import { type Attempt } from '../domain/attempt.js';
import { shutFor } from '../domain/attempt-policy.js';
import { type CancelCause } from '../domain/cancel.js';
import { type OrderLock } from '../domain/order-lock.js';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { type Stores, type Tools } from './ports.js';
import { scheduleCancel } from './schedule-cancel.js';

/** An order takes no attempt now: each of them is stopped in the way that its status allows. */
export async function stopAttempts(
  stores: Stores,
  tools: Tools,
  lock: OrderLock,
  attempts: readonly Attempt[],
): Promise<void> {
  const why = shutFor(lock);
  if (why === undefined) return;
  for (const attempt of attempts) {
    if (attempt.status === 'waiting') await rejectAttempt(stores, attempt, why);
    else if (attempt.status === 'started') await abandonAttempt(stores, attempt, why);
    else await cancelIfUsed(stores, tools, lock, attempt);
  }
}

/**
 * Cancels an attempt that should bring no money any more, only where a payment of the buyer was seen in it: before that Antom
 * knows no payment to cancel. Where the order is paid, nothing is cancelled that a cancel might give back after it was paid.
 */
export async function cancelIfUsed(stores: Stores, tools: Tools, lock: OrderLock, attempt: Attempt): Promise<void> {
  const cause = causeOf(lock, attempt);
  if (cause === undefined || !attempt.used) return;
  const possible = tools.provider.canCancel(attempt.bankChoice, attempt.amount.currency);
  if (cause === 'sibling-succeeded' && possible === 'depends') return;
  await scheduleCancel(stores, tools, attempt, cause);
}

function causeOf({ status, underReview }: OrderLock, attempt: Attempt): CancelCause | undefined {
  if (status === 'paid') return 'sibling-succeeded';
  if (status === 'sealed') return 'order-sealed';
  if (underReview > 0) return 'money-under-review';
  return attempt.status === 'superseded' ? 'another-choice' : undefined;
}
