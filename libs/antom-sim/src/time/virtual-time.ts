import { type Clock } from '@kasir/kernel';
import { DueQueue } from './due-queue.js';
import { type Movable } from './movable.js';
import { type Timer } from './timer.js';

/** A clock and timer that stand still until they are told to go on, so that a day passes in no time. */
export class VirtualTime implements Clock, Timer, Movable {
  readonly #tasks = new DueQueue();
  #now: number;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#tasks.add({ at: this.#now + delayMs, run });
  }

  nextDue(): Date | undefined {
    const next = this.#tasks.next();
    return next === undefined ? undefined : new Date(next);
  }

  /** Goes on by so many milliseconds and runs what falls due on the way, in its order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let task = this.#tasks.take(until); task !== undefined; task = this.#tasks.take(until)) {
      this.#now = Math.max(this.#now, task.at);
      task.run();
    }
    this.#now = until;
  }
}
