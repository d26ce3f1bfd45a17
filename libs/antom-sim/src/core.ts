import { type KeyObject } from 'node:crypto';
import { type Clock, systemClock } from '@kasir/kernel';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { antomResendScheduleMs, Courier } from './notifications/courier.js';
import { type SimulatorOptions } from './options.js';
import { pay, refuse } from './payments.js';
import { type Answer, createPaymentSession } from './protocol/create-payment-session.js';
import { fileLog, type FactLog, forgetfulLog } from './state/fact-log.js';
import { type PaymentDecided } from './state/facts.js';
import { type Charge, type Session } from './state/views.js';
import { World } from './state/world.js';
import { systemTimer, type Timer } from './time/timer.js';

/** The simulator without its HTTP doors. */
export class Core {
  readonly clientId: string;
  readonly merchantPublicKey: KeyObject;
  readonly antomPrivateKey: KeyObject;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults = new Faults();
  readonly world: World;
  readonly courier: Courier;
  readonly #timer: Timer;
  readonly #log: FactLog;
  readonly #forget = new Set<() => void>();

  constructor(private readonly options: SimulatorOptions) {
    const { clientId, merchantPublicKey, antomPrivateKey, dataFolder } = options;
    this.clientId = clientId;
    this.merchantPublicKey = merchantPublicKey;
    this.antomPrivateKey = antomPrivateKey;
    this.clock = options.clock ?? systemClock;
    this.#timer = options.timer ?? systemTimer;
    this.#log = dataFolder === undefined ? forgetfulLog() : fileLog(dataFolder);
    this.world = new World(this.#log);
    this.journal = new Journal(() => this.clock.now(), options.log ?? (() => undefined));
    this.courier = new Courier({
      world: this.world,
      journal: this.journal,
      clock: this.clock,
      timer: this.#timer,
      clientId,
      privateKey: antomPrivateKey,
      resendScheduleMs: options.resendScheduleMs ?? antomResendScheduleMs,
      timeoutMs: options.deliveryTimeoutMs ?? 10_000,
    });
  }

  /** Takes up what an earlier life left: undelivered notifications, and sessions to be paid by themselves. */
  resume(): void {
    this.courier.resume();
    for (const session of this.world.sessions()) if (session.status === 'open') this.#payLater(session);
  }

  createPaymentSession(body: unknown): Answer {
    const { world, clientId, clock } = this;
    const { notifyOverride } = this.options;
    const { answer, opened } = createPaymentSession(body, { world, clientId, now: clock.now(), notifyOverride });
    if (opened !== undefined) this.#payLater(opened);
    return answer;
  }

  pay(paymentRequestId: string): Charge {
    const { charge, decided } = pay(this.world, paymentRequestId, this.clock.now());
    if (decided !== undefined) this.#announce(decided);
    return charge;
  }

  refuse(paymentRequestId: string, code = 'USER_BALANCE_NOT_ENOUGH'): void {
    this.#announce(refuse(this.world, paymentRequestId, code, this.clock.now()));
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#after(ms, resolve));
  }

  async stop(): Promise<void> {
    for (const forget of this.#forget) forget();
    await this.courier.stop();
    this.#log.close();
  }

  #announce({ paymentRequestId, paymentId, outcome, code, notification }: PaymentDecided): void {
    this.journal.note({ kind: 'payment', paymentRequestId, paymentId, outcome, code });
    this.courier.deliver(notification.id);
  }

  #payLater({ paymentRequestId, at, expiresAt }: Pick<Session, 'paymentRequestId' | 'at' | 'expiresAt'>): void {
    const { payAfterMs } = this.options;
    const now = this.clock.now();
    if (payAfterMs === undefined || now >= new Date(expiresAt)) return;
    const due = new Date(at).getTime() + payAfterMs;
    this.#after(Math.max(0, due - now.getTime()), () => {
      const untouched = this.world.session(paymentRequestId)?.status === 'open';
      if (untouched && this.clock.now() < new Date(expiresAt)) this.pay(paymentRequestId);
    });
  }

  #after(ms: number, task: () => void): void {
    const forget = this.#timer.after(ms, () => {
      this.#forget.delete(forget);
      task();
    });
    this.#forget.add(forget);
  }
}
