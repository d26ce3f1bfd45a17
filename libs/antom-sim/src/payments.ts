import { type BankMethod } from './banks/bank-method.js';
import { newAntomId } from './ids.js';
import { SimulatorRefusal } from './refusal.js';
import { type PaymentDecided, type PaymentSubmitted } from './state/facts.js';
import { type Letter } from './state/letter.js';
import { type Session } from './state/views.js';
import { type World } from './state/world.js';

/**
 * The session with which the buyer can still do something.
 * @throws SimulatorRefusal when there is no such session, or it is over
 */
export function livingSession(world: World, paymentRequestId: string, now: Date): Session {
  const session = world.payments.session(paymentRequestId);
  if (session === undefined) throw new SimulatorRefusal(404, `there is no session ${paymentRequestId}`);
  const { status } = session;
  const expiresAt = lastStart(session);
  if (status === 'cancelled' || status === 'timed out' || status === 'paid')
    throw new SimulatorRefusal(409, `session ${paymentRequestId} is ${status === 'paid' ? 'paid already' : status}`);
  const mayStillPay = status === 'submitted' || status === 'pending';
  if (!mayStillPay && now >= new Date(expiresAt))
    throw new SimulatorRefusal(409, `session ${paymentRequestId} expired at ${expiresAt}`);
  return session;
}

/** Until when a payment can begin. */
const lastStart = ({ expiresAt, paymentExpiresAt }: Session): string =>
  paymentExpiresAt !== undefined && new Date(paymentExpiresAt) < new Date(expiresAt) ? paymentExpiresAt : expiresAt;

/** The buyer takes one way to pay. All tries of one session are one payment. */
export function submit(session: Session, method: BankMethod, now: Date): PaymentSubmitted {
  const { paymentRequestId, paymentExpiresAt } = session;
  const methodEnds = now.getTime() + method.timeOutMs;
  const ends = paymentExpiresAt === undefined ? methodEnds : Math.min(methodEnds, Date.parse(paymentExpiresAt));
  return {
    fact: 'payment submitted',
    at: now.toISOString(),
    paymentRequestId,
    paymentId: session.paymentId ?? newAntomId(now),
    method: method.code,
    bankName: method.bank,
    timesOutAt: new Date(ends).toISOString(),
  };
}

export interface Decision extends Pick<PaymentDecided, 'outcome' | 'code' | 'charged' | 'then' | 'givesBack'> {
  /** Its news waits until the next news of the payment has been delivered. */
  readonly overtaken?: boolean;
}

export function decide(
  { paymentRequestId }: Session,
  paymentId: string,
  { outcome, code, charged, then, givesBack }: Decision,
  { now, letters }: { readonly now: Date; readonly letters: readonly Letter[] },
): PaymentDecided {
  return {
    fact: 'payment decided',
    at: now.toISOString(),
    paymentRequestId,
    paymentId,
    outcome,
    code,
    letters,
    ...(charged === undefined ? {} : { charged }),
    ...(then === undefined ? {} : { then }),
    ...(givesBack === true ? { givesBack } : {}),
  };
}
