import { type KeyObject } from 'node:crypto';
import { type Clock } from '@kasir/kernel';
import { Agent } from 'undici';
import { type Journal } from '../journal.js';
import { type Letter } from '../state/letter.js';
import { type NotificationState } from '../state/views.js';
import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Timer } from '../time/timer.js';
import { HeldBack } from './held-back.js';
import { post } from './post.js';

export interface CourierOptions {
  readonly world: World;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly clientId: string;
  readonly privateKey: KeyObject;
  readonly resendScheduleMs: readonly number[];
  readonly timeoutMs: number;
  /** How far the clock is ahead in this delivery, in milliseconds. */
  readonly skewMs: (letter: Pick<Letter, 'about' | 'paymentRequestId'>) => number;
}

/** How long a notification waits to be overtaken, in milliseconds. */
const overtakingMs = 60_000;

/** Delivers notifications until each is acknowledged or its re-sends are used up. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #dispatcher: Agent;
  readonly #heldBack = new HeldBack();
  readonly #underWay = new Set<Promise<void>>();
  readonly #forget = new Set<() => void>();
  #stopped = false;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#dispatcher = new Agent({ connect: { timeout: options.timeoutMs }, maxResponseSize: 1024 * 1024 });
  }

  /** Delivers at once what an earlier life left undelivered. */
  resume(): void {
    for (const { id, acknowledged, inTurn, mischief } of this.#options.world.notifications())
      if (!acknowledged && inTurn <= this.#options.resendScheduleMs.length)
        this.#whenDue(mischief?.notBefore, () => this.#send(id));
  }

  /** Makes the first delivery, at its time. */
  deliver(id: string): void {
    const notification = this.#notification(id);
    const { notBefore, overtaken } = notification.mischief ?? {};
    if (overtaken === true) return this.#letOthersPass(notification);
    this.#whenDue(notBefore, () => this.#send(id));
  }

  /** One more delivery, outside the schedule. */
  resend(id: string): void {
    this.#send(id, 'out of turn');
  }

  /** Keeps notifications about payments like this until {@link release}. */
  hold(pattern: string): void {
    this.#heldBack.hold(pattern);
  }

  /** @returns how many were held */
  release(): number {
    const held = this.#heldBack.release();
    for (const id of held) this.#send(id);
    return held.length;
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

  #letOthersPass(notification: NotificationState): void {
    this.#heldBack.letOthersPass(notification);
    this.#after(overtakingMs, () => {
      if (this.#heldBack.giveUpWaiting(notification)) this.#send(notification.id);
    });
  }

  #send(id: string, turn: 'in turn' | 'out of turn' = 'in turn'): void {
    const notification = this.#notification(id);
    if (turn === 'in turn' && this.#heldBack.keep(notification)) return;
    this.#start(notification, turn);
    const copies = turn === 'in turn' && notification.deliveries === 0 ? (notification.mischief?.copies ?? 0) : 0;
    for (let copy = 0; copy < copies; copy += 1) this.#start(notification, 'out of turn');
  }

  #start(notification: NotificationState, turn: 'in turn' | 'out of turn'): void {
    const sending = this.#deliver(notification, turn).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #deliver(notification: NotificationState, turn: 'in turn' | 'out of turn'): Promise<void> {
    const { world, clock } = this.#options;
    const { id, inTurn } = notification;
    const problem = await this.#attempt(notification);
    if (this.#stopped) return;
    const at = clock.now().toISOString();
    const besides = turn === 'in turn' ? {} : { besides: true as const };
    world.record({ fact: 'delivery made', at, notificationId: id, acknowledged: problem === undefined, ...besides });
    this.#conclude(notification, problem, turn === 'in turn' ? this.#options.resendScheduleMs[inTurn] : undefined);
  }

  async #attempt(notification: NotificationState): Promise<string | undefined> {
    const { clock, privateKey, timeoutMs, clientId, skewMs } = this.#options;
    const { url, body, deliveries, mischief = {} } = notification;
    const spoilt = (many: number | 'all' = 0) => many === 'all' || deliveries < many;
    if (spoilt(mischief.lost)) return 'lost on the way';
    const own = { clientId: mischief.clientId ?? clientId, badSignature: spoilt(mischief.badSignature) };
    const time = antomTime(new Date(clock.now().getTime() + skewMs(notification)));
    const parcel = { url, body, time, ...own };
    const problem = await post(parcel, { privateKey, dispatcher: this.#dispatcher, timeoutMs });
    return problem === undefined && spoilt(mischief.unheard) ? 'the acknowledgement was lost' : problem;
  }

  #conclude(notification: NotificationState, problem: string | undefined, nextInMs: number | undefined): void {
    const { id, paymentRequestId, url } = notification;
    const wait = problem === undefined ? undefined : nextInMs;
    this.#options.journal.note({
      kind: 'delivery',
      notificationId: id,
      paymentRequestId,
      delivery: this.#notification(id).deliveries,
      url,
      verdict: problem ?? 'acknowledged',
      ...(wait === undefined ? {} : { nextInMs: wait }),
    });
    const overtaken = this.#heldBack.overtakenBy(notification);
    if (overtaken !== undefined) this.#send(overtaken);
    if (wait !== undefined) this.#after(wait, () => this.#send(id));
  }

  #whenDue(notBefore: string | undefined, task: () => void): void {
    const wait = notBefore === undefined ? 0 : new Date(notBefore).getTime() - this.#options.clock.now().getTime();
    if (wait > 0) this.#after(wait, task);
    else task();
  }

  #after(delayMs: number, task: () => void): void {
    const forget = this.#options.timer.after(delayMs, () => {
      this.#forget.delete(forget);
      task();
    });
    this.#forget.add(forget);
  }

  #notification(id: string): NotificationState {
    const notification = this.#options.world.notification(id);
    if (notification === undefined) throw new Error(`there is no notification ${id}`);
    return notification;
  }
}
