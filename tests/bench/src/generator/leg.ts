import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { spreadOf } from '../figures/percentile.js';
import { type Buyer } from './buyer.js';
import { type LegOrder, type LegOutcome, type PaymentTimes, type Progress } from './protocol.js';
import { dueAt, dueBy } from './schedule.js';
import { type Wanted } from './shop.js';

const slowMs = 1_000;
/** What has not come while nothing else came for so long is missing. */
const silenceMs = 40_000;

/** One leg: payments that are due at a constant rate (or so many at a time), and what became of each. */
export class Leg {
  private readonly due: number[] = [];
  private readonly post: (number | undefined)[] = [];
  private readonly paidAt: (number | undefined)[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly created: string[] = [];
  private readonly failures: Record<string, number> = {};
  private readonly underWay = new Set<Promise<void>>();
  private began = 0;
  private sent = 0;
  private failed = 0;
  private paid = 0;
  private slow = 0;
  private lastNews = 0;
  private stoppedEarly = false;

  constructor(
    private readonly order: LegOrder,
    private readonly wanted: readonly Wanted[],
    private readonly buyer: Buyer,
  ) {
    for (const [index, { orderId }] of wanted.entries()) this.indexes.set(orderId, index);
  }

  async run(): Promise<LegOutcome> {
    this.began = performance.now();
    this.lastNews = this.began;
    await ('rate' in this.order.load
      ? this.openLoop(this.order.load.rate)
      : this.closedLoop(this.order.load.concurrency));
    await Promise.allSettled(this.underWay);
    while (this.paid + this.failed < this.sent && performance.now() - this.lastNews < silenceMs) await pause(20);
    return {
      payments: this.due.map((_, index) => this.timesOf(index)),
      created: this.created,
      failures: this.failures,
      stoppedEarly: this.stoppedEarly,
      lastedMs: Math.max(0, ...this.paidAt.map((at) => at ?? 0)) - this.began,
    };
  }

  /** The topic says that an order is paid. */
  orderPaid(orderId: string): void {
    const index = this.indexes.get(orderId);
    if (index === undefined || this.paidAt[index] !== undefined) return;
    this.lastNews = performance.now();
    this.paidAt[index] = this.lastNews;
    this.paid += 1;
    if (this.lastNews - this.due[index]! > slowMs) this.slow += 1;
  }

  progress(): Progress {
    const first = Math.max(0, this.sent - 2_000);
    const recent = this.due
      .slice(first)
      .map((_, offset) => this.timesOf(first + offset)[2])
      .filter((ms) => ms !== null);
    return { sent: this.sent, answered: this.created.length, paid: this.paid, p99: spreadOf(recent)?.p99 ?? null };
  }

  private timesOf(index: number): PaymentTimes {
    const due = this.due[index]!;
    const [post, paid] = [this.post[index], this.paidAt[index]];
    const tenth = (ms: number) => Math.round(ms * 10) / 10;
    return [
      tenth(due - this.began),
      post === undefined ? null : tenth(post - due),
      paid === undefined ? null : tenth(paid - due),
    ];
  }

  private async openLoop(rate: number): Promise<void> {
    const { length } = this.wanted;
    while (this.sent < length) {
      for (const due = Math.min(length, dueBy(this.began, rate, performance.now())); this.sent < due;)
        this.send(dueAt(this.began, rate, this.sent));
      if (this.order.stopWhenLost === true && this.isLost()) return void (this.stoppedEarly = true);
      if (this.sent < length) await pause(Math.max(1, dueAt(this.began, rate, this.sent) - performance.now()));
    }
  }

  private async closedLoop(concurrency: number): Promise<void> {
    while (this.sent < this.wanted.length) {
      if (this.sent - this.paid - this.failed < concurrency) this.send(performance.now());
      else if (performance.now() - this.lastNews > silenceMs) return;
      else await pause(1);
    }
  }

  private oldestUnpaid = 0;

  /** More than one in a hundred of the whole leg are later than a second, or will be. */
  private isLost(): boolean {
    while (this.oldestUnpaid < this.sent && this.paidAt[this.oldestUnpaid] !== undefined) this.oldestUnpaid += 1;
    let late = this.slow;
    const before = performance.now() - slowMs;
    for (let index = this.oldestUnpaid; index < this.sent && this.due[index]! < before; index += 1)
      if (this.paidAt[index] === undefined) late += 1;
    return late > this.wanted.length / 100;
  }

  private send(due: number): void {
    const index = this.sent;
    this.sent += 1;
    this.due[index] = due;
    const work = this.buy(index).catch((error: unknown) => {
      const { message } = error as Error;
      this.failures[message] = (this.failures[message] ?? 0) + 1;
      this.failed += 1;
      this.lastNews = performance.now();
    });
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async buy(index: number): Promise<void> {
    const wanted = this.wanted[index]!;
    const sessionId = await this.buyer.openSession(wanted);
    this.post[index] = performance.now();
    this.created.push(wanted.orderId);
    await this.buyer.pay(sessionId);
  }
}
