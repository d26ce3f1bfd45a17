import { type Clock } from '@kasir/kernel';
import { type Timer } from '../time/timer.js';

/** Tasks that wait for their moment on the simulator's clock. */
export class Agenda {
  readonly #forget = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly timer: Timer,
  ) {}

  /** Does it at once, in a later turn, where the moment has passed. */
  at(moment: Date | string, task: () => void): void {
    this.after(Math.max(0, new Date(moment).getTime() - this.clock.now().getTime()), task);
  }

  after(delayMs: number, task: () => void): void {
    const forget = this.timer.after(delayMs, () => {
      this.#forget.delete(forget);
      task();
    });
    this.#forget.add(forget);
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  clear(): void {
    for (const forget of this.#forget) forget();
    this.#forget.clear();
  }
}
