import { type DataOf, type OrderEvent, type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import { answerCancel, confirmCancel } from '../domain/cancel.js';
import { advance, create, type PaymentSession } from '../domain/payment-session.js';
import { isAllReturned } from '../domain/refund.js';
import { type Stores } from './ports.js';

export type AnyEvent = OrderEvent | PaymentEvent | PaymentSessionEvent;
type Step = (session: PaymentSession) => Outcome<PaymentSession> | Promise<Outcome<PaymentSession>>;

/** What an event changed, or why it changed nothing. */
export type Applied<Thing> = Outcome<Thing> | { readonly kind: 'unknown' } | { readonly kind: 'no-concern' };

/** Moves the app's view of the session that an event is about. */
export async function applySessionEvent(stores: Stores, event: AnyEvent): Promise<Applied<PaymentSession>> {
  const step = stepFor(stores, event);
  if (step === undefined) return { kind: 'no-concern' };
  const { orderId, paymentSessionId } = event.data as { orderId: string; paymentSessionId: string };
  const session = await stores.sessions.lock(paymentSessionId);
  if (session?.orderId !== orderId) return { kind: 'unknown' };
  const outcome = await step(session);
  if (outcome.thing !== session) await stores.sessions.save(outcome.thing);
  return outcome;
}

function stepFor(stores: Stores, event: AnyEvent): Step | undefined {
  switch (event.type) {
    case 'PaymentSessionCreated': {
      const { encryptedSessionData: data, sessionExpiresAt, endsAt } = event.data;
      return (session) => create(session, { data, expiresAt: new Date(sessionExpiresAt), endsAt: new Date(endsAt) });
    }
    case 'PaymentSessionRejected':
      return (session) => reject(session, event.data);
    case 'CancelAnswered':
      return (session) => answered(session, event.data);
    case 'PaymentPending':
      return (session) => advance(session, 'pend');
    case 'PaymentFailed': {
      const { code, message } = event.data;
      return (session) => advance(session, 'fail', { failure: { code, message } });
    }
    case 'PaymentExpired':
      return (session) => advance(session, 'expire');
    case 'PaymentCancelled':
      return cancelled;
    case 'PaymentSucceeded':
      return (session) => advance(session, 'succeed', { paidAt: new Date(event.data.paidAt) });
    case 'PaymentNeedsAttention':
      return stepForAttention(event.data);
    case 'PaymentReturned':
      return (session) => returned(stores, session);
    case 'OrderPaid':
      return event.data.acceptedBy === undefined ? undefined : (session) => accepted(session, event.data);
    default:
      return undefined;
  }
}

/** Money after a confirmed cancel changes nothing for the app: Antom gives it back. Without money there is nothing to show. */
function stepForAttention({
  kind,
  paymentSessionId,
  received,
}: DataOf<PaymentEvent, 'PaymentNeedsAttention'>): Step | undefined {
  if (paymentSessionId === undefined || received === undefined) return undefined;
  return kind === 'after-cancel' ? cancelled : (session) => advance(session, 'review');
}

const cancelled: Step = (session) => advance(session, 'cancel', { cancel: confirmCancel(session.cancel) });

/** A person accepted money that would not have paid the order, also after a cancel. */
const accepted = (session: PaymentSession, { paidAt }: DataOf<OrderEvent, 'OrderPaid'>): Outcome<PaymentSession> =>
  advance(session, session.status === 'cancelled' ? 'accept' : 'succeed', { paidAt: new Date(paidAt) });

/** A cancel that comes before there is a session succeeds without Antom. */
const cancelledBeforeItBegan = 'cancelled';

function reject(session: PaymentSession, data: DataOf<PaymentSessionEvent, 'PaymentSessionRejected'>) {
  const { stage, code, message, livingPaymentSessionId, errors } = data;
  const cancel = code === cancelledBeforeItBegan ? confirmCancel(session.cancel) : session.cancel;
  return advance(session, 'reject', { rejection: { stage, code, message, livingPaymentSessionId, errors }, cancel });
}

/** Antom's answer to a cancel ends no session. */
function answered(
  session: PaymentSession,
  { answer, code, message }: DataOf<PaymentSessionEvent, 'CancelAnswered'>,
): Outcome<PaymentSession> {
  const cancel = answerCancel(session.cancel, answer, message === '' ? code : message);
  return { kind: cancel === session.cancel ? 'repeated' : 'moved', thing: { ...session, cancel } };
}

/** A session whose money went back in part is what it was. */
async function returned({ payments, refunds }: Stores, session: PaymentSession): Promise<Outcome<PaymentSession>> {
  const [received, back] = [await payments.ofSession(session.id), await refunds.ofSession(session.id)];
  return isAllReturned(received, back) ? advance(session, 'return') : { kind: 'repeated', thing: session };
}
