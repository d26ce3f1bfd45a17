import { type Clock } from '@kasir/kernel';
import { type Timer } from './timer.js';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** A clock and timer that stand still until they are told to go on, so that a day passes in no time. */
export class VirtualTime implements Clock, Timer {
  #now: number;
  readonly #tasks = new Set<Task>();

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(delayMs: number, run: () => void): () => void {
    const task = { at: this.#now + delayMs, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Goes on by so many milliseconds and runs what falls due on the way, in its order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let task = this.#firstUntil(until); task !== undefined; task = this.#firstUntil(until)) {
      this.#tasks.delete(task);
      this.#now = task.at;
      task.run();
    }
    this.#now = until;
  }

  #firstUntil(until: number): Task | undefined {
    const due = [...this.#tasks].filter(({ at }) => at <= until);
    return due.reduce<Task | undefined>(
      (first, task) => (first !== undefined && first.at <= task.at ? first : task),
      undefined,
    );
  }
}
