import { type Clock } from '@kasir/kernel';

interface Entry {
  readonly at: number;
  readonly run: () => void | Promise<void>;
}

/** The time of a simulation: it stands still until it is moved on, and knows what is to happen when. */
export class Agenda implements Clock {
  #now: number;
  #entries: Entry[] = [];

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  in(ms: number, run: Entry['run']): void {
    this.#entries.push({ at: this.#now + ms, run });
  }

  get next(): Date | undefined {
    return this.#entries.length === 0 ? undefined : new Date(Math.min(...this.#entries.map(({ at }) => at)));
  }

  /** What is due, each as something to do once. */
  due(): readonly (() => void | Promise<void>)[] {
    return this.#entries
      .filter(({ at }) => at <= this.#now)
      .map((entry) => () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
        return entry.run();
      });
  }

  /** Never backwards. */
  moveTo(moment: Date): void {
    this.#now = Math.max(this.#now, moment.getTime());
  }
}
