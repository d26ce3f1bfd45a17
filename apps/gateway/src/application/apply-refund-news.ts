import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import { advanceRefund, type Refund } from '../domain/refund.js';
import { type Applied } from './apply-session-news.js';
import { type Stores } from './ports.js';

type News = PaymentSessionEvent | PaymentEvent;
type RefundNews = Extract<News, { type: 'RefundStarted' | 'RefundRejected' | 'RefundSucceeded' | 'RefundFailed' }>;

const types: readonly string[] = ['RefundStarted', 'RefundRejected', 'RefundSucceeded', 'RefundFailed'];
const isOfRefund = (news: News): news is RefundNews => types.includes(news.type);

/** Moves the merchant's view of a refund along its life, also of one that nobody asked for here. */
export async function applyRefundNews(
  stores: Pick<Stores, 'refunds'>,
  news: News,
  now: Date,
): Promise<Applied<Refund>> {
  if (!isOfRefund(news)) return { kind: 'no-concern' };
  const refund = await known(stores, news, now);
  if (refund === undefined || refund.orderId !== news.data.orderId) return { kind: 'unknown' };
  const outcome = next(refund, news);
  await stores.refunds.save(outcome.thing);
  return outcome;
}

/** Antom may give money back by itself. */
async function known({ refunds }: Pick<Stores, 'refunds'>, news: RefundNews, now: Date): Promise<Refund | undefined> {
  const { refundRequestId } = news.data;
  const found = await refunds.lock(refundRequestId);
  if (found !== undefined || news.type !== 'RefundSucceeded' || news.data.origin === 'requested') return found;
  const { orderId, paymentSessionId, paymentId, amount } = news.data;
  const reason = 'given back without being asked for here';
  const about = { id: refundRequestId, orderId, paymentSessionId, paymentId, amount, reason, createdAt: now };
  await refunds.add({ ...about, requestedBy: null, status: 'requested', obstacle: null, refundedAt: null });
  return refunds.lock(refundRequestId);
}

function next(refund: Refund, news: RefundNews): Outcome<Refund> {
  switch (news.type) {
    case 'RefundStarted':
      return advanceRefund(refund, 'start', { paymentId: news.data.paymentId });
    case 'RefundRejected':
      return advanceRefund(refund, 'reject', { obstacle: { code: news.data.code, message: news.data.message } });
    case 'RefundFailed':
      return advanceRefund(refund, 'fail', { obstacle: { code: news.data.code, message: news.data.message } });
    case 'RefundSucceeded':
      return advanceRefund(refund, 'succeed', {
        paymentId: news.data.paymentId,
        refundedAt: new Date(news.data.refundedAt),
      });
  }
}
