import { placeOf, type Position } from '../broker.js';
import { type Log } from '../log.js';
import { pauseFor } from '../waiting.js';

const againMs = 500;

/** Tells the broker how far each partition is done: one call at a time, which carries everything that came up meanwhile. */
export class Committer {
  readonly #waiting = new Map<string, Position>();
  readonly #stopping = new AbortController();
  #generation = 0;
  #working: Promise<void> | undefined;

  constructor(
    private readonly commit: (positions: readonly Position[]) => Promise<void>,
    private readonly log: Log,
  ) {}

  done(position: Position): void {
    this.#waiting.set(placeOf(position), position);
    this.#working ??= this.#work();
  }

  /** Positions of partitions that may be another member's by now must not be committed. */
  forget(): void {
    this.#waiting.clear();
    this.#generation += 1;
  }

  async flushed(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  /** Ends in the moment in which nothing waits: later, what comes in between would wait for the next one. */
  async #work(): Promise<void> {
    await new Promise(setImmediate);
    try {
      while (this.#waiting.size > 0 && (await this.#commitWaiting()));
    } finally {
      this.#working = undefined;
    }
  }

  /** @returns whether to go on */
  async #commitWaiting(): Promise<boolean> {
    const positions = [...this.#waiting.values()];
    const generation = this.#generation;
    this.#waiting.clear();
    try {
      await this.commit(positions);
    } catch (error) {
      this.log.debug({ err: error }, 'offsets were not committed; what they cover is folded when it comes again');
      if (this.#stopping.signal.aborted) return false;
      await this.#later(positions, generation);
    }
    return true;
  }

  async #later(positions: readonly Position[], generation: number): Promise<void> {
    await pauseFor(againMs, this.#stopping.signal);
    if (generation !== this.#generation) return;
    for (const position of positions)
      if (!this.#waiting.has(placeOf(position))) this.#waiting.set(placeOf(position), position);
  }
}
