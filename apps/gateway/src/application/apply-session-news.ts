import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import { advance, create, type PaymentSession } from '../domain/payment-session.js';
import { type Stores } from './ports.js';

type News = PaymentSessionEvent | PaymentEvent;

/** Why news of a session changed nothing, or that it did. */
export type Applied = Outcome<PaymentSession> | { readonly kind: 'unknown' } | { readonly kind: 'no-concern' };

/** Moves the app's view of a session along its life. */
export async function applySessionNews(stores: Pick<Stores, 'sessions'>, news: News): Promise<Applied> {
  if (!movesSession(news)) return { kind: 'no-concern' };
  const session = await stores.sessions.lock(news.data.paymentSessionId);
  if (session === undefined || session.orderId !== news.data.orderId) return { kind: 'unknown' };
  const outcome = next(session, news);
  await stores.sessions.save(outcome.thing);
  return outcome;
}

const moving = [
  'PaymentSessionCreated',
  'PaymentSessionRejected',
  'PaymentPending',
  'PaymentFailed',
  'PaymentMismatched',
  'PaymentExpired',
  'PaymentSucceeded',
] as const;
type MovingNews = Extract<News, { type: (typeof moving)[number] }>;

const movesSession = (news: News): news is MovingNews => (moving as readonly string[]).includes(news.type);

function next(session: PaymentSession, news: MovingNews): Outcome<PaymentSession> {
  switch (news.type) {
    case 'PaymentSessionCreated':
      return create(session, {
        data: news.data.sealedSessionData,
        expiresAt: new Date(news.data.sessionExpiresAt),
      });
    case 'PaymentSessionRejected': {
      const { stage, code, message, livingPaymentSessionId } = news.data;
      return advance(session, 'reject', { rejection: { stage, code, message, livingPaymentSessionId } });
    }
    case 'PaymentPending':
      return advance(session, 'pend');
    case 'PaymentFailed':
      return advance(session, 'fail', { failure: { code: news.data.code, message: news.data.message } });
    case 'PaymentMismatched':
      return advance(session, 'mismatch');
    case 'PaymentExpired':
      return advance(session, 'expire');
    case 'PaymentSucceeded':
      return advance(session, 'succeed', { paidAt: new Date(news.data.paidAt) });
  }
}
