import { randomInt } from 'node:crypto';
import { uuidV7 } from '@kasir/kernel';
import { paymentNotification } from './notifications/payment-notification.js';
import { type PaymentDecided } from './state/facts.js';
import { type Charge, type Session } from './state/views.js';
import { type World } from './state/world.js';

/** Why the simulator does not do what it was told to. */
export class SimulatorRefusal extends Error {
  override readonly name = 'SimulatorRefusal';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The shopper pays. Paying again changes nothing: it is the same charge.
 * @throws SimulatorRefusal when there is no such session or it has expired
 */
export function pay(world: World, paymentRequestId: string, now: Date): { charge: Charge; decided?: PaymentDecided } {
  const charged = world.charge(paymentRequestId);
  if (charged !== undefined) return { charge: charged };
  const decided = decide(livingSession(world, paymentRequestId, now), 'paid', 'SUCCESS', now);
  world.record(decided);
  return { charge: world.charge(paymentRequestId)!, decided };
}

/**
 * The bank refuses one try of the shopper, who may try again while the session lives.
 * @throws SimulatorRefusal when there is no such session, or it has expired or is paid
 */
export function refuse(world: World, paymentRequestId: string, code: string, now: Date): PaymentDecided {
  const session = livingSession(world, paymentRequestId, now);
  if (session.status === 'paid') throw new SimulatorRefusal(409, `session ${paymentRequestId} is paid already`);
  const decided = decide(session, 'refused', code, now);
  world.record(decided);
  return decided;
}

function livingSession(world: World, paymentRequestId: string, now: Date): Session {
  const session = world.session(paymentRequestId);
  if (session === undefined) throw new SimulatorRefusal(404, `there is no session ${paymentRequestId}`);
  if (now >= new Date(session.expiresAt))
    throw new SimulatorRefusal(409, `session ${paymentRequestId} expired at ${session.expiresAt}`);
  return session;
}

function decide(session: Session, outcome: 'paid' | 'refused', code: string, now: Date): PaymentDecided {
  const paymentId = session.paymentId ?? newPaymentId(now);
  const { paymentRequestId } = session;
  const body = paymentNotification(session, paymentId, outcome, code, now);
  const notification = { id: uuidV7(now.getTime()), body };
  return { fact: 'payment decided', at: now.toISOString(), paymentRequestId, paymentId, outcome, code, notification };
}

/** 29 digits that begin with the time, like Antom's. */
const newPaymentId = (now: Date): string =>
  now.toISOString().slice(0, 19).replace(/\D/g, '') +
  String(randomInt(1e7)).padStart(7, '0') +
  String(randomInt(1e8)).padStart(8, '0');
