import { type KeyObject } from 'node:crypto';
import { type Clock } from '@kasir/kernel';
import { Agenda } from './acts/agenda.js';
import { Cashier } from './acts/cashier.js';
import { RefundDesk } from './acts/refund-desk.js';
import { advance } from './acts/time-machine.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { Courier } from './notifications/courier.js';
import { antomResendScheduleMs } from './notifications/schedule.js';
import { type SimulatorOptions } from './options.js';
import { type Answer } from './protocol/answer.js';
import { cancel } from './protocol/cancel.js';
import { consult } from './protocol/consult.js';
import { createPaymentSession } from './protocol/create-payment-session.js';
import { findPayment, inquiryPayment } from './protocol/inquiry-payment.js';
import { inquiryRefund } from './protocol/inquiry-refund.js';
import { Chance } from './rules/chance.js';
import { Rules } from './rules/rules.js';
import { fileLog, type FactLog, forgetfulLog } from './state/fact-log.js';
import { type Session } from './state/views.js';
import { World } from './state/world.js';
import { type SimulatorTime, timeOf } from './time/time-of.js';

/** The simulator without its HTTP doors. */
export class Core {
  readonly clientId: string;
  readonly merchantPublicKey: KeyObject;
  readonly antomPrivateKey: KeyObject;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly rules = new Rules();
  readonly world: World;
  readonly courier: Courier;
  readonly cashier: Cashier;
  readonly #refunds: RefundDesk;
  readonly #agenda: Agenda;
  readonly #time: SimulatorTime;
  readonly #log: FactLog;

  constructor(private readonly options: SimulatorOptions) {
    const { clientId, merchantPublicKey, antomPrivateKey, dataFolder } = options;
    this.clientId = clientId;
    this.merchantPublicKey = merchantPublicKey;
    this.antomPrivateKey = antomPrivateKey;
    this.#log = dataFolder === undefined ? forgetfulLog() : fileLog(dataFolder);
    this.world = new World(this.#log);
    this.#time = timeOf(options, this.world.advancedMs());
    const { clock, timer } = this.#time;
    this.clock = clock;
    this.chance = new Chance(options.seed ?? 1);
    this.faults = new Faults(this.chance);
    this.#agenda = new Agenda(clock, timer);
    this.journal = new Journal(() => clock.now(), options.log ?? (() => undefined));
    this.courier = new Courier({
      world: this.world,
      journal: this.journal,
      clock,
      timer,
      clientId,
      privateKey: antomPrivateKey,
      resendScheduleMs: options.resendScheduleMs ?? antomResendScheduleMs,
      timeoutMs: options.deliveryTimeoutMs ?? 10_000,
      skewMs: ({ about, paymentRequestId }) =>
        this.faults.skewMs(paymentRequestId, about === 'payment' ? 'notifyPayment' : 'notifyRefund'),
    });
    const { world, journal, courier, rules } = this;
    const parts = { world, clock, journal, courier, rules, agenda: this.#agenda };
    this.cashier = new Cashier(parts);
    const refunds = { notifyUrl: options.refundNotifyUrl, takesMs: options.refundTakesMs ?? 3_000 };
    this.#refunds = new RefundDesk(parts, refunds);
  }

  /** Takes up what an earlier life left: undelivered notifications, undecided payments, and sessions to be paid by themselves. */
  resume(): void {
    this.courier.resume();
    this.cashier.resume();
    this.#refunds.resume();
    for (const session of this.world.payments.sessions()) if (session.status === 'open') this.#payLater(session);
  }

  async createPaymentSession(body: unknown): Promise<Answer> {
    const { world, clientId, clock, rules } = this;
    const { notifyOverride } = this.options;
    const { answer, opened } = createPaymentSession(body, { world, clientId, now: clock.now(), notifyOverride });
    if (opened === undefined) return answer;
    if (rules.take('opened', opened) === 'pay at once') {
      this.cashier.act(opened.paymentRequestId, { does: 'pay' });
      await this.courier.idle();
    } else this.#payLater(opened);
    return answer;
  }

  inquiryPayment(body: unknown): Answer {
    const payment = findPayment(body, this.world);
    return inquiryPayment(body, this.world, payment && this.rules.take('inquiry', payment));
  }

  cancel(body: unknown): Answer {
    const { answer, cancels } = cancel(body, this.world, this.clock.now());
    if (cancels !== undefined) this.cashier.cancel(cancels);
    return answer;
  }

  refund(body: unknown): Answer {
    return this.#refunds.refund(body);
  }

  inquiryRefund(body: unknown): Answer {
    return inquiryRefund(body, this.world);
  }

  consult(body: unknown): Answer {
    return consult(body);
  }

  /** @throws SimulatorRefusal where the clock is not ours */
  advance(ms: number): Promise<Date> {
    const { world, courier } = this;
    return advance(ms, { world, courier, time: this.#time });
  }

  /** Ends every rule and fault and lets go what is held. What happened stays. */
  reset(seed = this.options.seed ?? 1): void {
    this.rules.remove();
    this.faults.clear();
    this.chance.seed(seed);
    this.courier.release();
  }

  wait(ms: number): Promise<void> {
    return this.#agenda.wait(ms);
  }

  async stop(): Promise<void> {
    this.#agenda.clear();
    await this.courier.stop();
    this.#time.stop();
    this.#log.close();
  }

  #payLater({ paymentRequestId, at, expiresAt }: Pick<Session, 'paymentRequestId' | 'at' | 'expiresAt'>): void {
    const { payAfterMs } = this.options;
    if (payAfterMs === undefined || this.clock.now() >= new Date(expiresAt)) return;
    this.#agenda.at(new Date(new Date(at).getTime() + payAfterMs), () => {
      const untouched = this.world.payments.session(paymentRequestId)?.status === 'open';
      if (untouched && this.clock.now() < new Date(expiresAt)) this.cashier.act(paymentRequestId, { does: 'pay' });
    });
  }
}
