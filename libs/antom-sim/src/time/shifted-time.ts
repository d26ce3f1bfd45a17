import { type Clock } from '@kasir/kernel';
import { DueQueue } from './due-queue.js';
import { type Movable } from './movable.js';
import { type Timer } from './timer.js';

/** The longest wait that the runtime's timers know. */
const longestWaitMs = 2 ** 31 - 1;

/** The system's time, some way ahead: it goes on by itself, and can be moved on by days at once. */
export class ShiftedTime implements Clock, Timer, Movable {
  readonly #tasks = new DueQueue();
  #aheadMs: number;
  #alarm: NodeJS.Timeout | undefined;
  #alarmAt = Number.POSITIVE_INFINITY;

  constructor(aheadMs = 0) {
    this.#aheadMs = aheadMs;
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  after(delayMs: number, run: () => void): () => void {
    const at = Date.now() + this.#aheadMs + delayMs;
    const forget = this.#tasks.add({ at, run });
    if (at < this.#alarmAt) this.#setAlarm();
    return forget;
  }

  nextDue(): Date | undefined {
    const next = this.#tasks.next();
    return next === undefined ? undefined : new Date(next);
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
    this.#runDue();
  }

  /** Forgets every task. */
  stop(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
  }

  #runDue(): void {
    for (let task = this.#take(); task !== undefined; task = this.#take()) task.run();
    this.#setAlarm();
  }

  #take() {
    return this.#tasks.take(Date.now() + this.#aheadMs);
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const next = this.#tasks.next();
    this.#alarmAt = next ?? Number.POSITIVE_INFINITY;
    if (next === undefined) return;
    const wait = Math.min(longestWaitMs, Math.max(0, next - Date.now() - this.#aheadMs));
    this.#alarm = setTimeout(() => this.#runDue(), wait);
  }
}
