import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, unless somebody stops it first. Never rejects. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

const longestMs = 2_000;

/** Doubles from 100 ms to 2 s; half of it is chance, so that a crowd does not come back together. */
export const backOffMs = (attempt: number): number => {
  const full = Math.min(100 * 2 ** (attempt - 1), longestMs);
  return full / 2 + (Math.random() * full) / 2;
};

/** The result of `work`, or undefined when it takes longer than `ms`. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    deadline = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(deadline);
  }
}

export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that somebody else settles. Nobody has to watch it. */
export function deferred(): Deferred {
  let settle!: Pick<Deferred, 'resolve' | 'reject'>;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined);
  return { promise, ...settle };
}
