import { type Clock } from '@kasir/kernel';
import { type DueWorker } from './due-work.js';

/** When the next piece of each kind is due; null where there is none. */
export type DueTimes<Kind extends string> = Readonly<Record<Kind, Date | null>>;

export interface DueScheduleOptions<Kind extends string> {
  /** One statement for all kinds. */
  readonly nextDue: (now: Date) => Promise<DueTimes<Kind>>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** How often to look for what this instance does not know of, in milliseconds; 2,000 by default. */
  readonly pollMs?: number | undefined;
}

type Workers<Kind extends string> = Readonly<Record<Kind, Pick<DueWorker<unknown>, 'wake' | 'stop'>>>;

/** A clock that stands still must not make us look without a pause. */
const shortestPauseMs = 10;

/**
 * Wakes the workers of several kinds of due work. What this instance writes is reported, and done when it is due. One look every
 * now and then finds the rest: what other instances wrote, what became due long after it was written, and what a failure has left.
 */
export class DueSchedule<Kind extends string> {
  readonly #workers: Workers<Kind>;
  readonly #options: DueScheduleOptions<Kind>;
  readonly #pollMs: number;
  #timer: NodeJS.Timeout | undefined;
  #nextLookAt = Infinity;
  #looks: Promise<void> = Promise.resolve();
  #running = false;

  constructor(workers: Workers<Kind>, options: DueScheduleOptions<Kind>) {
    this.#workers = workers;
    this.#options = options;
    this.#pollMs = options.pollMs ?? 2_000;
  }

  start(): void {
    this.#running = true;
    this.#look();
  }

  /** Work of a kind that is due at some moment was committed. */
  report(kind: Kind, at: Date): void {
    if (!this.#running) return;
    const ms = this.#msUntil(at);
    if (ms <= 0) this.#workers[kind].wake();
    else this.#lookWithin(ms);
  }

  /** Looks no more, and waits for the work that is under way. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    await this.#looks;
    await Promise.all(this.#kinds().map((kind) => this.#workers[kind].stop()));
  }

  #lookWithin(ms: number): void {
    const pauseMs = Math.min(Math.max(ms, shortestPauseMs), this.#pollMs);
    const at = performance.now() + pauseMs;
    if (!this.#running || at >= this.#nextLookAt) return;
    clearTimeout(this.#timer);
    this.#nextLookAt = at;
    this.#timer = setTimeout(() => this.#look(), pauseMs);
  }

  #look(): void {
    this.#nextLookAt = Infinity;
    this.#looks = this.#looks.then(() => this.#wakeDue()).then((pauseMs) => this.#lookWithin(pauseMs));
  }

  /** @returns how long nothing else will be due, in milliseconds */
  async #wakeDue(): Promise<number> {
    const { nextDue, clock, onError } = this.#options;
    try {
      const times = await nextDue(clock.now());
      const waits = this.#kinds().flatMap((kind) => {
        const at = times[kind];
        return at === null ? [] : [{ kind, ms: this.#msUntil(at) }];
      });
      for (const { kind, ms } of waits) if (ms <= 0) this.#workers[kind].wake();
      return Math.min(this.#pollMs, ...waits.map(({ ms }) => ms).filter((ms) => ms > 0));
    } catch (error) {
      onError(error);
      return this.#pollMs;
    }
  }

  #msUntil(at: Date): number {
    return at.getTime() - this.#options.clock.now().getTime();
  }

  #kinds(): Kind[] {
    return Object.keys(this.#workers) as Kind[];
  }
}
