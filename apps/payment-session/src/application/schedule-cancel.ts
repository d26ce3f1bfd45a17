import { type Attempt, isCancellable, isLeaving } from '../domain/attempt.js';
import { acknowledgedWithinMs, type CancelCause } from '../domain/cancel.js';
import { noCancel, publishAnswer, withoutAsking } from './answer-cancel.js';
import { type Stores, type Tools } from './ports.js';

/** Has an attempt cancelled later, outside any transaction. Who requests it is answered also where nothing is to be done. */
export async function scheduleCancel(
  stores: Stores,
  { provider, clock }: Tools,
  attempt: Attempt,
  cause: CancelCause,
): Promise<void> {
  if (!isCancellable(attempt)) {
    if (cause === 'requested') await publishAnswer(stores, attempt, cause, withoutAsking(attempt));
    return;
  }
  if (isLeaving(attempt)) return;
  const possible = provider.canCancel(attempt.bankChoice, attempt.amount.currency) !== 'no';
  // Whether another attempt may start depends on an inquiry, also where nothing can be cancelled.
  const makesWay = cause === 'another-choice' && attempt.status === 'created';
  if (!possible && !makesWay) return answerImpossible(stores, attempt, cause);
  const startedId = attempt.cancel?.startedId ?? (possible ? await announce(stores, attempt, cause) : undefined);
  const dueAt = clock.now().getTime() + (startedId === undefined ? 0 : acknowledgedWithinMs);
  const cancel = { cause, ...(startedId === undefined ? {} : { startedId }) };
  await stores.cancels.begin({ ...attempt, cancel }, new Date(dueAt));
}

async function answerImpossible(stores: Stores, attempt: Attempt, cause: CancelCause): Promise<void> {
  if (attempt.cancel?.answer === 'impossible' && cause !== 'requested') return;
  await stores.attempts.save({ ...attempt, cancel: { cause, answer: 'impossible' } });
  await publishAnswer(stores, attempt, cause, { answer: 'impossible', ...noCancel });
}

/** Once per attempt: a success that comes from now on is inquired about first. */
const announce = (stores: Stores, { orderId, paymentSessionId }: Attempt, cause: CancelCause): Promise<string> =>
  stores.say({ type: 'CancelStarted', identity: paymentSessionId, data: { orderId, paymentSessionId, cause } });
