import { type BankMethod } from '../banks/bank-method.js';
import { limitProblem } from '../banks/choose.js';
import { decide, type Decision, livingSession, submit } from '../payments.js';
import { methodOfSession } from '../protocol/cancel.js';
import { SimulatorRefusal } from '../refusal.js';
import { type Charge, type Session } from '../state/views.js';
import { type Parts } from './parts.js';
import { lettersAbout } from './letters.js';

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
    const session = livingSession(this.parts.world, paymentRequestId, this.parts.clock.now());
    const problem = method === undefined ? undefined : limitProblem(method, session.amount);
    if (problem !== undefined) throw new SimulatorRefusal(409, `${method?.bank} does not take the amount: ${problem}`);
    const submitted = this.#submit(session, method);
    this.#watch(submitted);
    return submitted;
  }

  /** The buyer pays. Paying again changes nothing: it is the same charge. @throws SimulatorRefusal when the session is over */
  pay(paymentRequestId: string): Charge {
    const { world } = this.parts;
    const charged = world.payments.charge(paymentRequestId);
    if (charged === undefined) this.#decideTry(paymentRequestId, { outcome: 'paid', code: 'SUCCESS' });
    return charged ?? world.payments.charge(paymentRequestId)!;
  }

  /**
   * The bank refuses one try of the buyer, who may try again while the session lives.
   * @throws SimulatorRefusal when the session is over or paid
   */
  refuse(paymentRequestId: string, code = 'USER_BALANCE_NOT_ENOUGH'): void {
    this.#decideTry(paymentRequestId, { outcome: 'refused', code });
  }

  /** Antom cancels. Nobody is notified of that: the answer to the call is all there is. */
  cancel(payment: Session): void {
    const givesBack = payment.status === 'paid';
    this.conclude(payment, { outcome: 'cancelled', code: 'ORDER_IS_CANCELED', ...(givesBack ? { givesBack } : {}) });
  }

  conclude(session: Session, decision: Decision, paymentId = session.paymentId!): void {
    const { world, clock, journal, courier } = this.parts;
    const now = clock.now();
    const letters = lettersAbout(session, paymentId, decision, now);
    world.record(decide(session, paymentId, decision, { now, letters }));
    const { paymentRequestId } = session;
    journal.note({ kind: 'payment', paymentRequestId, paymentId, outcome: decision.outcome, code: decision.code });
    for (const { id } of letters) courier.deliver(id);
    if (decision.then !== undefined) this.#watch(world.payments.session(paymentRequestId)!);
  }

  #decideTry(paymentRequestId: string, decision: Decision): void {
    const session = livingSession(this.parts.world, paymentRequestId, this.parts.clock.now());
    const underWay = session.status === 'submitted' || session.status === 'pending';
    this.conclude(underWay ? session : this.#submit(session), decision);
  }

  #submit(session: Session, method = methodOfSession(session)): Session {
    const { world, clock } = this.parts;
    world.record(submit(session, method, clock.now()));
    return world.payments.session(session.paymentRequestId)!;
  }

  #watch({ paymentRequestId, status, timesOutAt, then }: Session): void {
    const { agenda, world } = this.parts;
    const still = () => world.payments.session(paymentRequestId)!;
    if (status === 'submitted')
      agenda.at(timesOutAt!, () => {
        const session = still();
        if (session.status === 'submitted' && session.timesOutAt === timesOutAt)
          this.conclude(session, { outcome: 'timed out', code: 'ORDER_IS_CLOSED' });
      });
    if (status === 'pending' && then !== undefined)
      agenda.at(then.at, () => {
        if (still().status === 'pending') this.conclude(still(), { outcome: then.outcome, code: then.code });
      });
  }
}
