import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import { advanceCancel, type CancelStep } from '../domain/cancel.js';
import { advance, create, type PaymentSession } from '../domain/payment-session.js';
import { type Stores } from './ports.js';

type News = PaymentSessionEvent | PaymentEvent;
type NewsOf<Type extends News['type']> = Extract<News, { type: Type }>;

/** Why news of a session changed nothing, or that it did. */
export type Applied<Thing> = Outcome<Thing> | { readonly kind: 'unknown' } | { readonly kind: 'no-concern' };

/** Moves the app's view of a session along its life. */
export async function applySessionNews(stores: Pick<Stores, 'sessions'>, news: News): Promise<Applied<PaymentSession>> {
  const next = stepFor(news);
  if (next === undefined) return { kind: 'no-concern' };
  const { orderId, paymentSessionId } = (news as NewsOf<'PaymentExpired'>).data;
  const session = await stores.sessions.lock(paymentSessionId);
  if (session === undefined || session.orderId !== orderId) return { kind: 'unknown' };
  const outcome = next(session);
  await stores.sessions.save(outcome.thing);
  return outcome;
}

function stepFor(news: News): ((session: PaymentSession) => Outcome<PaymentSession>) | undefined {
  switch (news.type) {
    case 'PaymentSessionCreated': {
      const { encryptedSessionData: data, sessionExpiresAt, endsAt } = news.data;
      const sealed = { data, expiresAt: new Date(sessionExpiresAt), endsAt: new Date(endsAt) };
      return (session) => create(session, sealed);
    }
    case 'PaymentSessionRejected':
      return (session) => reject(session, news.data);
    case 'CancelAnswered':
      return (session) => answerCancel(session, news.data);
    case 'PaymentPending':
      return (session) => advance(session, 'pend');
    case 'PaymentFailed': {
      const { code, message } = news.data;
      return (session) => advance(session, 'fail', { failure: { code, message } });
    }
    case 'PaymentMismatched':
      return (session) => advance(session, 'mismatch');
    case 'PaymentExpired':
      return (session) => advance(session, 'expire');
    case 'PaymentCancelled':
    case 'PaymentReceivedAfterCancel':
      return (session) => advance(session, 'cancel', { cancel: confirmed(session) });
    case 'PaymentSucceeded':
      return (session) => advance(session, 'succeed', { paidAt: new Date(news.data.paidAt) });
    default:
      return undefined;
  }
}

/** Who cancels before there is a session gets what he wanted without anybody being asked. */
const cancelledBeforeItBegan = 'cancelled';

function reject(session: PaymentSession, data: NewsOf<'PaymentSessionRejected'>['data']): Outcome<PaymentSession> {
  const { stage, code, message, livingPaymentSessionId } = data;
  const cancel = code === cancelledBeforeItBegan ? confirmed(session) : session.cancel;
  return advance(session, 'reject', { rejection: { stage, code, message, livingPaymentSessionId }, cancel });
}

/** A session may also be cancelled without anybody having wished for it here. */
const confirmed = ({ cancel }: PaymentSession): PaymentSession['cancel'] =>
  cancel.status === 'none' ? cancel : advanceCancel(cancel, 'confirm').thing;

const stepOfAnswer: Record<NewsOf<'CancelAnswered'>['data']['answer'], CancelStep> = {
  cancelled: 'confirm',
  refused: 'refuse',
  unanswered: 'giveUp',
  impossible: 'ruleOut',
};

/** Antom's answer to a cancel is a hint: it does not move the session itself. */
function answerCancel(session: PaymentSession, data: NewsOf<'CancelAnswered'>['data']): Outcome<PaymentSession> {
  const { answer, code, message } = data;
  const outcome = advanceCancel(session.cancel, stepOfAnswer[answer], message === '' ? code : message);
  return { ...outcome, thing: { ...session, cancel: outcome.thing } };
}
