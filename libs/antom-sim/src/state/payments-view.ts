import { type PaymentDecided, type PaymentSubmitted, type SessionOpened } from './facts.js';
import { sessionKey } from '../protocol/session-data.js';
import { amountOf, type Charge, type LedgerEntry, type Session } from './views.js';

/** Sessions, the payment that each of them may have, and what was charged. */
export class Payments {
  readonly #sessions = new Map<string, Session>();
  readonly #byPaymentId = new Map<string, string>();
  readonly #byOrder = new Map<string, string[]>();
  readonly #bySessionKey = new Map<string, string>();
  readonly #charges = new Map<string, Charge>();

  session(paymentRequestId: string): Session | undefined {
    return this.#sessions.get(paymentRequestId);
  }

  /** By the id of the payment, which a session has from the buyer's first try. */
  byPaymentId(paymentId: string): Session | undefined {
    return this.#sessions.get(this.#byPaymentId.get(paymentId) ?? '');
  }

  /** By what Antom's web SDK sends of the session data. */
  bySessionKey(key: string): Session | undefined {
    return this.#sessions.get(this.#bySessionKey.get(key) ?? '');
  }

  sessions(): Session[] {
    return [...this.#sessions.values()];
  }

  sessionsOfOrder(referenceOrderId: string): Session[] {
    return (this.#byOrder.get(referenceOrderId) ?? []).map((id) => this.#sessions.get(id)!);
  }

  /** The first charge of a session. */
  charge(paymentRequestId: string): Charge | undefined {
    return this.#charges.get(paymentRequestId);
  }

  open({ fact: _, ...session }: SessionOpened): void {
    this.#sessions.set(session.paymentRequestId, { ...session, status: 'open' });
    this.#bySessionKey.set(sessionKey(session.sessionData), session.paymentRequestId);
    const siblings = this.#byOrder.get(session.referenceOrderId);
    if (siblings === undefined) this.#byOrder.set(session.referenceOrderId, [session.paymentRequestId]);
    else siblings.push(session.paymentRequestId);
  }

  submit({ at, paymentRequestId, paymentId, method, bankName, timesOutAt }: PaymentSubmitted): void {
    const session = this.#known(paymentRequestId);
    const { submittedAt = at } = session;
    const submitted = { paymentId, method, bankName, timesOutAt, submittedAt, status: 'submitted' } as const;
    this.#sessions.set(paymentRequestId, { ...session, ...submitted });
    this.#byPaymentId.set(paymentId, paymentRequestId);
  }

  /** @returns what it moves */
  decide({ at, paymentRequestId, paymentId, outcome, code, charged, then, givesBack }: PaymentDecided): LedgerEntry[] {
    const session = withoutThen(this.#known(paymentRequestId));
    this.#byPaymentId.set(paymentId, paymentRequestId);
    const stays = session.status === 'cancelled' || session.status === 'paid';
    const other = charged === undefined ? {} : { charged };
    const changes = { status: outcome, decidedAt: at, code, ...other, ...(outcome === 'paid' ? { paidAt: at } : {}) };
    this.#sessions.set(paymentRequestId, {
      ...session,
      ...(stays && outcome !== 'cancelled' ? {} : changes),
      ...(then === undefined ? {} : { then }),
    });
    const { referenceOrderId } = session;
    const moved = { paymentRequestId, paymentId, referenceOrderId, amount: charged ?? amountOf(session), at };
    const charge: Charge[] = outcome === 'paid' ? [{ kind: 'charge', ...moved }] : [];
    if (charge[0] !== undefined && !this.#charges.has(paymentRequestId)) this.#charges.set(paymentRequestId, charge[0]);
    return givesBack === true ? [...charge, { kind: 'refund', ...moved }] : charge;
  }

  #known(paymentRequestId: string): Session {
    const session = this.#sessions.get(paymentRequestId);
    if (session === undefined) throw new Error(`there is no session for the payment ${paymentRequestId}`);
    return session;
  }
}

function withoutThen(session: Session): Session {
  if (session.then === undefined) return session;
  const { then: _, ...others } = session;
  return others;
}
