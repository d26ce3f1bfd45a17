import { type Database } from '../database.js';
import { type Log } from '../log.js';
import { type EventContext } from './subscription.js';

/** Runs `work` in one transaction, and what it left for later after the commit. */
export async function committing<T>(
  transaction: Database['transaction'],
  log: Log,
  work: (context: EventContext) => Promise<T>,
): Promise<T> {
  const [result, later] = await transaction(async (tx) => {
    const callbacks: (() => unknown)[] = [];
    const answer = await work({ tx, afterCommit: (callback) => void callbacks.push(callback) });
    return [answer, callbacks] as const;
  });
  for (const callback of later)
    void Promise.resolve()
      .then(callback)
      .catch((error: unknown) => log.warn({ err: error }, 'what was to follow a commit failed'));
  return result;
}
