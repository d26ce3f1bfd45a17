import { type KeyObject } from 'node:crypto';
import { type Clock, systemClock } from '@kasir/kernel';
import { Agenda } from './acts/agenda.js';
import { Cashier } from './acts/cashier.js';
import { RefundDesk } from './acts/refund-desk.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { antomResendScheduleMs, Courier } from './notifications/courier.js';
import { type SimulatorOptions } from './options.js';
import { type Answer } from './protocol/answer.js';
import { cancel } from './protocol/cancel.js';
import { consult } from './protocol/consult.js';
import { createPaymentSession } from './protocol/create-payment-session.js';
import { inquiryPayment } from './protocol/inquiry-payment.js';
import { inquiryRefund } from './protocol/inquiry-refund.js';
import { fileLog, type FactLog, forgetfulLog } from './state/fact-log.js';
import { type Session } from './state/views.js';
import { World } from './state/world.js';
import { systemTimer } from './time/timer.js';

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
  readonly cashier: Cashier;
  readonly #refunds: RefundDesk;
  readonly #agenda: Agenda;
  readonly #log: FactLog;

  constructor(private readonly options: SimulatorOptions) {
    const { clientId, merchantPublicKey, antomPrivateKey, dataFolder, timer = systemTimer } = options;
    this.clientId = clientId;
    this.merchantPublicKey = merchantPublicKey;
    this.antomPrivateKey = antomPrivateKey;
    this.clock = options.clock ?? systemClock;
    this.#log = dataFolder === undefined ? forgetfulLog() : fileLog(dataFolder);
    this.#agenda = new Agenda(this.clock, timer);
    this.world = new World(this.#log);
    this.journal = new Journal(() => this.clock.now(), options.log ?? (() => undefined));
    this.courier = new Courier({
      world: this.world,
      journal: this.journal,
      clock: this.clock,
      timer,
      clientId,
      privateKey: antomPrivateKey,
      resendScheduleMs: options.resendScheduleMs ?? antomResendScheduleMs,
      timeoutMs: options.deliveryTimeoutMs ?? 10_000,
    });
    const { world, clock, journal, courier } = this;
    const parts = { world, clock, journal, courier, agenda: this.#agenda };
    this.cashier = new Cashier(parts);
    this.#refunds = new RefundDesk(parts, {
      notifyUrl: options.refundNotifyUrl,
      takesMs: options.refundTakesMs ?? 3_000,
    });
  }

  /** Takes up what an earlier life left: undelivered notifications, undecided payments, and sessions to be paid by themselves. */
  resume(): void {
    this.courier.resume();
    this.cashier.resume();
    this.#refunds.resume();
    for (const session of this.world.payments.sessions()) if (session.status === 'open') this.#payLater(session);
  }

  createPaymentSession(body: unknown): Answer {
    const { world, clientId, clock } = this;
    const { notifyOverride } = this.options;
    const { answer, opened } = createPaymentSession(body, { world, clientId, now: clock.now(), notifyOverride });
    if (opened !== undefined) this.#payLater(opened);
    return answer;
  }

  inquiryPayment(body: unknown): Answer {
    return inquiryPayment(body, this.world);
  }

  cancel(body: unknown): Answer {
    const { answer, cancels } = cancel(body, this.world, this.clock.now());
    if (cancels !== undefined) this.cashier.cancel(cancels);
    return answer;
  }

  refund(body: unknown): Answer {
    return this.#refunds.refund(body, 'refunded');
  }

  inquiryRefund(body: unknown): Answer {
    return inquiryRefund(body, this.world);
  }

  consult(body: unknown): Answer {
    return consult(body, () => false);
  }

  wait(ms: number): Promise<void> {
    return this.#agenda.wait(ms);
  }

  async stop(): Promise<void> {
    this.#agenda.clear();
    await this.courier.stop();
    this.#log.close();
  }

  #payLater({ paymentRequestId, at, expiresAt }: Pick<Session, 'paymentRequestId' | 'at' | 'expiresAt'>): void {
    const { payAfterMs } = this.options;
    if (payAfterMs === undefined || this.clock.now() >= new Date(expiresAt)) return;
    this.#agenda.at(new Date(new Date(at).getTime() + payAfterMs), () => {
      const untouched = this.world.payments.session(paymentRequestId)?.status === 'open';
      if (untouched && this.clock.now() < new Date(expiresAt)) this.cashier.pay(paymentRequestId);
    });
  }
}
