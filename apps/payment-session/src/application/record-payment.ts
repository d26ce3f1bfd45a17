import { type PaymentEvent } from '@kasir/contracts';
import { advance, type Attempt } from '../domain/attempt.js';
import { shutFor } from '../domain/guard.js';
import { advanceLock } from '../domain/order-lock.js';
import { type Payment } from '../domain/payment.js';
import { attemptEnded } from './attempt-ended.js';
import { attemptIn, type OrderInHand, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { admitWaitingRefunds } from './request-refund.js';
import { stopAttempts } from './stop-attempts.js';
import { recordRefund } from './record-refund.js';
import { reviewOrder } from './review-order.js';
import { wantCancel } from './want-cancel.js';

/** The ear speaks of an attempt or a refund. It alone says how they end. */
export async function recordPayment(stores: Stores, tools: Tools, event: PaymentEvent): Promise<void> {
  switch (event.type) {
    case 'PaymentSucceeded':
      return succeeded(stores, tools, event.data);
    case 'PaymentExpired':
      return attemptEnded(stores, tools.clock, event.data, 'expire');
    case 'PaymentCancelled':
      return attemptEnded(stores, tools.clock, event.data, 'cancel');
    case 'PaymentPending':
    case 'PaymentFailed':
      return showsLife(stores, tools, event.data);
    case 'PaymentMismatched':
      return reviewOrder(stores, event.data);
    case 'RefundSucceeded':
    case 'RefundFailed':
      return recordRefund(stores, event);
    default:
      return;
  }
}

type About = Pick<Attempt, 'orderId' | 'paymentSessionId'>;

async function succeeded(stores: Stores, tools: Tools, { paymentId, ...news }: Payment): Promise<void> {
  const order = await takeOrder(stores, news.orderId);
  const attempt = attemptIn(order, news.paymentSessionId);
  const outcome = attempt && advance(attempt, 'succeed');
  if (outcome === undefined || outcome.kind === 'refused') return;
  await stores.payments.add({ paymentId, ...news });
  const paid = outcome.kind === 'moved' ? { ...outcome.thing, paymentId } : outcome.thing;
  if (outcome.kind === 'moved') await payOrder(stores, tools, order, paid);
  await admitWaitingRefunds(stores, tools, paid);
}

/** The first success of an attempt. */
async function payOrder(stores: Stores, tools: Tools, order: OrderInHand, paid: Attempt): Promise<void> {
  await stores.attempts.save(paid);
  const lock = advanceLock(order.lock, 'pay').thing;
  await stores.orders.save(lock);
  const others = order.attempts.filter(({ paymentSessionId }) => paymentSessionId !== paid.paymentSessionId);
  await stopAttempts(stores, tools, others, shutFor(lock)!, 'sibling-succeeded');
}

/** A session that is used is superseded by none; one that is superseded is cancelled as soon as a buyer is seen in it. */
async function showsLife(stores: Stores, tools: Tools, news: About): Promise<void> {
  const attempt = attemptIn(await takeOrder(stores, news.orderId), news.paymentSessionId);
  if (attempt === undefined) return;
  if (!attempt.used) await stores.attempts.save({ ...attempt, used: true });
  if (attempt.status === 'superseded') await wantCancel(stores, tools, attempt, 'shows-life');
}
