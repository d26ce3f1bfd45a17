import { setTimeout as pause } from 'node:timers/promises';

type Close = () => unknown;

/** What a service has opened while it started, closed in the opposite order: what takes work first, the admin server last. */
export class Opened {
  readonly #closers: Close[] = [];
  #closed: Promise<void> | undefined;

  /** @throws Error after closing it, where everything else is closed already */
  async add(close: Close): Promise<void> {
    if (this.#closed === undefined) return void this.#closers.push(close);
    await Promise.resolve().then(close);
    throw new Error('the start was given up');
  }

  /** Goes on after a failure. @throws the first of them */
  close(): Promise<void> {
    return (this.#closed ??= this.#closeAll());
  }

  /** Never rejects, and waits no longer than `ms`. */
  async closeWithin(ms: number): Promise<void> {
    const giveUp = new AbortController();
    await Promise.race([
      this.close().catch(() => undefined),
      pause(ms, undefined, { signal: giveUp.signal }).catch(() => undefined),
    ]);
    giveUp.abort();
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.reverse())
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
