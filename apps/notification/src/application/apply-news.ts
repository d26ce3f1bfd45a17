import { applyVerdict, judge, type PaymentNews, type Verdict, type Watch } from '../domain/watched-payment.js';
import { type News, type Stores } from './ports.js';

/**
 * The one place where the outcome of a payment is decided. Every road that brings news of a payment ends here,
 * and each outcome is claimed once, so no two of them can both speak.
 */
export async function applyNews(stores: Stores, news: PaymentNews): Promise<void> {
  const payment = await stores.payments.lock(news.paymentRequestId);
  if (payment.watch === null) return stores.waiting.keep(news);
  const verdict = judge(payment.watch, news);
  if (!(await stores.outcomes.claim(news, verdict))) return;
  const outcome = applyVerdict(payment, verdict);
  if (outcome.kind === 'moved') await stores.payments.save(outcome.thing);
  if (verdict === 'succeeded') await stores.inquiries.end(news.paymentRequestId);
  if (outcome.kind === 'moved' || isMoney(verdict))
    await stores.say(toEvent(payment.watch, news, verdict), payment.watch.announcedBy);
}

/** Money is told of every time it comes: a second payment of one attempt is a second payment. */
const isMoney = (verdict: Verdict): boolean => verdict === 'succeeded' || verdict === 'mismatched';

function toEvent(watch: Watch, news: PaymentNews, verdict: Exclude<Verdict, 'expired'>): News {
  const { orderId, paymentSessionId, amount } = watch;
  const { paymentRequestId, paymentId } = news;
  const identity = `${paymentRequestId}/${paymentId}/${verdict}`;
  const payment = { orderId, paymentSessionId, paymentRequestId, paymentId };
  if (verdict === 'mismatched')
    return { type: 'PaymentMismatched', identity, data: { ...payment, expected: amount, received: news.amount } };
  switch (news.kind) {
    case 'succeeded':
      return { type: 'PaymentSucceeded', identity, data: { ...payment, amount, paidAt: news.paidAt } };
    case 'failed':
      return { type: 'PaymentFailed', identity, data: { ...payment, code: news.code, message: news.message } };
    case 'pending':
      return { type: 'PaymentPending', identity, data: { ...payment, amount } };
  }
}
