import { type BankMethod } from '../banks/bank-method.js';
import { limitProblem } from '../banks/choose.js';
import { newAntomId } from '../ids.js';
import { decide, type Decision, livingSession, submit } from '../payments.js';
import { methodOfSession } from '../protocol/cancel.js';
import { SimulatorRefusal } from '../refusal.js';
import { type Charge, type Session } from '../state/views.js';
import { bankSays, type BuyerWish, isSayable, type PayingWish } from './bank-word.js';
import { lettersAbout } from './letters.js';
import { type Parts } from './parts.js';

/** Everything that happens to a payment: the buyer's tries, the bank's word, the end of its time. */
export class Cashier {
  constructor(private readonly parts: Parts) {}

  /** Takes up what an earlier life left undecided. */
  resume(): void {
    for (const session of this.parts.world.payments.sessions()) this.#watch(session);
  }

  /**
   * The buyer chooses a way to pay, and has its time-out to do so.
   * @throws SimulatorRefusal when the session is over, or the method does not take the amount
   */
  submit(paymentRequestId: string, method?: BankMethod): Session {
    const session = this.#living(paymentRequestId);
    if (session.status === 'pending') throw new SimulatorRefusal(409, `session ${paymentRequestId} is pending`);
    const problem = method === undefined ? undefined : limitProblem(method, session.amount);
    if (problem !== undefined) throw new SimulatorRefusal(409, `${method?.bank} does not take the amount: ${problem}`);
    const submitted = this.#submit(session, method);
    this.#watch(submitted);
    return submitted;
  }

  /**
   * The buyer does something at the bank, and the bank answers: as a rule wants, else as the buyer does.
   * @throws SimulatorRefusal when the session is over or paid, or the buyer cannot pay so little or so much
   */
  act(paymentRequestId: string, wish: BuyerWish): Session {
    const session = this.#living(paymentRequestId);
    const rule = this.parts.rules.take('bank', session, (word) => isSayable(word, session.amount));
    const { decision, also } = bankSays(rule, wish, session.amount, this.parts.clock.now());
    const underWay = session.status === 'submitted' || session.status === 'pending';
    const payment = underWay ? session : this.#submit(session);
    if (decision !== undefined) this.#conclude(payment, decision);
    else if (!underWay) this.#watch(payment);
    if (also === 'a second time') this.#conclude(payment, decision!, newAntomId(this.parts.clock.now()));
    if (also === 'its siblings') this.#payOthers(payment);
    return this.parts.world.payments.session(paymentRequestId)!;
  }

  /**
   * The buyer pays. Paying again changes nothing: it is the same charge.
   * @throws SimulatorRefusal when the session is over, or a rule makes something else of it
   */
  pay(paymentRequestId: string, wish: PayingWish = { does: 'pay' }): Charge {
    const { payments } = this.parts.world;
    const charged = payments.charge(paymentRequestId);
    if (charged !== undefined) return charged;
    const { status } = this.act(paymentRequestId, wish);
    const charge = payments.charge(paymentRequestId);
    if (charge === undefined) throw new SimulatorRefusal(409, `a rule says that ${paymentRequestId} is ${status}`);
    return charge;
  }

  /** Antom cancels, and nobody is notified of that; or it says so, and the bank charges after all. */
  cancel(payment: Session): void {
    const { rules, clock } = this.parts;
    const tooLate = payment.status === 'paid' ? undefined : rules.take('cancel', payment);
    const at = new Date(clock.now().getTime() + (tooLate?.chargedAfterMs ?? 0)).toISOString();
    const decision = { outcome: 'cancelled', code: 'ORDER_IS_CANCELED' } as const;
    const givesBack = payment.status === 'paid';
    const then = { at, outcome: 'paid', code: 'SUCCESS' } as const;
    this.#conclude(payment, { ...decision, givesBack, ...(tooLate === undefined ? {} : { then }) });
  }

  #conclude(session: Session, decision: Decision, paymentId = session.paymentId!): void {
    const { world, clock, journal, courier, rules } = this.parts;
    const now = clock.now();
    const fault = decision.outcome === 'cancelled' ? undefined : rules.take('news', session);
    const letters = lettersAbout({ session, paymentId, decision, now, fault });
    world.record(decide(session, paymentId, decision, { now, letters }));
    const { paymentRequestId } = session;
    journal.note({ kind: 'payment', paymentRequestId, paymentId, outcome: decision.outcome, code: decision.code });
    for (const { id } of letters) courier.deliver(id);
    if (decision.then !== undefined) this.#watch(world.payments.session(paymentRequestId)!);
  }

  #payOthers({ paymentRequestId, referenceOrderId }: Session): void {
    for (const other of this.parts.world.payments.sessionsOfOrder(referenceOrderId)) {
      if (other.paymentRequestId === paymentRequestId || other.status === 'paid' || other.status === 'cancelled')
        continue;
      const payment = other.paymentId === undefined ? this.#submit(other) : other;
      this.#conclude(payment, { outcome: 'paid', code: 'SUCCESS' });
    }
  }

  #living(paymentRequestId: string): Session {
    return livingSession(this.parts.world, paymentRequestId, this.parts.clock.now());
  }

  #submit(session: Session, method = methodOfSession(session)): Session {
    const { world, clock } = this.parts;
    world.record(submit(session, method, clock.now()));
    return world.payments.session(session.paymentRequestId)!;
  }

  #watch({ paymentRequestId, status, timesOutAt, then }: Session): void {
    const { agenda, world } = this.parts;
    const now = () => world.payments.session(paymentRequestId)!;
    if (status === 'submitted')
      agenda.at(timesOutAt!, () => {
        const undecided = now().status === 'submitted' && now().timesOutAt === timesOutAt;
        if (undecided) this.#conclude(now(), { outcome: 'timed out', code: 'ORDER_IS_CLOSED' });
      });
    if (then !== undefined)
      agenda.at(then.at, () => {
        const { outcome, code } = then;
        if (now().then === then) this.#conclude(now(), { outcome, code, givesBack: now().status === 'cancelled' });
      });
  }
}
