import { placeOf, type Position } from '../broker.js';
import { type Log } from '../log.js';
import { pauseFor } from '../waiting.js';

/**
 * Commits how far each partition is done: all partitions together every 500 ms, and at once when it is flushed. A crash in between
 * repeats messages, which their receipts recognise.
 */
export class Committer {
  readonly #waiting = new Map<string, Position>();
  readonly #stopping = new AbortController();
  #generation = 0;
  #working: Promise<void> | undefined;

  constructor(
    private readonly commit: (positions: readonly Position[]) => Promise<void>,
    private readonly log: Log,
    private readonly everyMs = 500,
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

  async #work(): Promise<void> {
    try {
      do await pauseFor(this.everyMs, this.#stopping.signal);
      while ((await this.#commitWaiting()) && this.#waiting.size > 0);
    } finally {
      this.#working = undefined;
    }
  }

  /** @returns whether to go on */
  async #commitWaiting(): Promise<boolean> {
    if (this.#waiting.size === 0) return false;
    const positions = [...this.#waiting.values()];
    const generation = this.#generation;
    this.#waiting.clear();
    try {
      await this.commit(positions);
    } catch (error) {
      this.log.debug({ err: error }, 'offset commit failed; redelivered messages will be deduplicated');
      if (this.#stopping.signal.aborted) return false;
      if (generation === this.#generation) this.#waitAgain(positions);
    }
    return true;
  }

  #waitAgain(positions: readonly Position[]): void {
    for (const position of positions)
      if (!this.#waiting.has(placeOf(position))) this.#waiting.set(placeOf(position), position);
  }
}
