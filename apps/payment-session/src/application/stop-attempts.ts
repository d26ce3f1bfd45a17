import { type Attempt } from '../domain/attempt.js';
import { type CancelCause } from '../domain/cancel.js';
import { type Refusal } from '../domain/guard.js';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { type Stores, type Tools } from './ports.js';
import { wantCancel } from './want-cancel.js';

/** Lets no attempt of them go on where that can be helped: each is stopped in the way that its status allows. */
export async function stopAttempts(
  stores: Stores,
  tools: Tools,
  attempts: readonly Attempt[],
  why: Refusal,
  cause: CancelCause,
): Promise<void> {
  for (const attempt of attempts) {
    if (attempt.status === 'waiting') await rejectAttempt(stores, attempt, why);
    else if (attempt.status === 'started') await abandonAttempt(stores, attempt, why);
    else await wantCancel(stores, tools, attempt, cause);
  }
}
