import { type KeyObject } from 'node:crypto';
import { type Clock } from '@kasir/kernel';
import { Agent } from 'undici';
import { type Journal } from '../journal.js';
import { type NotificationState } from '../state/views.js';
import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Timer } from '../time/timer.js';
import { post } from './post.js';

const minute = 60_000;
const hour = 60 * minute;

/** How long Antom waits before each re-send, in milliseconds: eight within 24 hours and 22 minutes. */
export const antomResendScheduleMs: readonly number[] = [
  0,
  2 * minute,
  10 * minute,
  10 * minute,
  hour,
  2 * hour,
  6 * hour,
  15 * hour,
];

export interface CourierOptions {
  readonly world: World;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly clientId: string;
  readonly privateKey: KeyObject;
  readonly resendScheduleMs: readonly number[];
  readonly timeoutMs: number;
}

/** Delivers notifications until each is acknowledged or its re-sends are used up. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #dispatcher: Agent;
  readonly #underWay = new Set<Promise<void>>();
  readonly #forget = new Set<() => void>();
  #stopped = false;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#dispatcher = new Agent({ connect: { timeout: options.timeoutMs }, maxResponseSize: 1024 * 1024 });
  }

  /** Delivers at once what an earlier life left undelivered. */
  resume(): void {
    for (const { id, acknowledged, deliveries } of this.#options.world.notifications())
      if (!acknowledged && deliveries <= this.#options.resendScheduleMs.length) this.deliver(id);
  }

  deliver(notificationId: string): void {
    const delivery = this.#deliver(notificationId).finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  /** Resolves when no delivery is under way; waiting re-sends do not count. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Breaks off what is under way; it counts as never tried. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const forget of this.#forget) forget();
    await this.#dispatcher.destroy();
    await this.idle();
  }

  async #deliver(id: string): Promise<void> {
    const { world, clock, clientId, privateKey, timeoutMs } = this.#options;
    const notification = world.notification(id);
    if (notification === undefined) throw new Error(`there is no notification ${id}`);
    const { url, body } = notification;
    const parcel = { url, body, clientId, time: antomTime(clock.now()) };
    const problem = await post(parcel, { privateKey, dispatcher: this.#dispatcher, timeoutMs });
    if (this.#stopped) return;
    world.record({
      fact: 'delivery made',
      at: clock.now().toISOString(),
      notificationId: id,
      acknowledged: problem === undefined,
    });
    this.#conclude(notification, problem);
  }

  #conclude({ id, paymentRequestId, url, deliveries }: NotificationState, problem: string | undefined): void {
    const { journal, resendScheduleMs } = this.#options;
    const wait = problem === undefined ? undefined : resendScheduleMs[deliveries];
    journal.note({
      kind: 'delivery',
      notificationId: id,
      paymentRequestId,
      delivery: deliveries + 1,
      url,
      verdict: problem ?? 'acknowledged',
      ...(wait === undefined ? {} : { nextInMs: wait }),
    });
    if (wait !== undefined) this.#deliverAfter(wait, id);
  }

  #deliverAfter(delayMs: number, id: string): void {
    const forget = this.#options.timer.after(delayMs, () => {
      this.#forget.delete(forget);
      this.deliver(id);
    });
    this.#forget.add(forget);
  }
}
