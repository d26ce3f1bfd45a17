import { setTimeout as pause } from 'node:timers/promises';

interface Waiting {
  readonly timeoutMs: number;
  readonly everyMs?: number;
  /** What is awaited, for the error. */
  readonly what: string;
}

/**
 * Asks again and again until the answer is neither undefined nor an error.
 * @throws with the last error as its cause when the time is up
 */
export async function waitUntil<Answer>(ask: () => Promise<Answer | undefined>, waiting: Waiting): Promise<Answer> {
  const { timeoutMs, everyMs = 50, what } = waiting;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let cause: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= deadline) throw new Error(`${what}: not within ${timeoutMs} ms`, { cause });
    await pause(everyMs);
  }
}
