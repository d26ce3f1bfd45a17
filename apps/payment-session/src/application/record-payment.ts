import { type DataOf, type PaymentEvent } from '@kasir/contracts';
import { advance, type Attempt } from '../domain/attempt.js';
import { newPayment, standingOfSuccess } from '../domain/payment.js';
import { attemptEnded } from './attempt-ended.js';
import { giveBack } from './give-back.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { payOrder } from './pay-order.js';
import { type Stores, type Tools } from './ports.js';
import { recordMoney } from './record-money.js';
import { recordRefund } from './record-refund.js';
import { admitWaitingRefunds } from './request-refund.js';
import { reviewed } from './review-money.js';
import { cancelIfUsed } from './stop-attempts.js';

/** What payments.v1 tells of an attempt or a refund. It alone says how they end. */
export async function recordPayment(stores: Stores, tools: Tools, event: PaymentEvent): Promise<void> {
  switch (event.type) {
    case 'PaymentSucceeded':
      return succeeded(stores, tools, event.data);
    case 'PaymentExpired':
      return attemptEnded(stores, tools.clock, event.data, 'expire');
    case 'PaymentCancelled':
      return attemptEnded(stores, tools.clock, event.data, 'cancel');
    case 'PaymentPending':
      return wasUsed(stores, tools, event.data, event.data.cause === 'bank');
    case 'PaymentFailed':
      return wasUsed(stores, tools, event.data, true);
    case 'PaymentNeedsAttention':
      return recordMoney(stores, tools, event.data);
    case 'PaymentReturned':
      return giveBack(stores, event.data);
    case 'RefundSucceeded':
    case 'RefundFailed':
      return recordRefund(stores, event);
    default:
      return;
  }
}

/** A success after a cancel that Antom answered is no `PaymentSucceeded`: it is left alone here. */
async function succeeded(stores: Stores, tools: Tools, data: DataOf<PaymentEvent, 'PaymentSucceeded'>): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount } = data;
  const order = await takeOrder(stores, orderId);
  const attempt = attemptIn(order, paymentSessionId);
  const outcome = attempt && advance(attempt, 'succeed');
  if (outcome === undefined || outcome.kind === 'refused') return;
  const payments = await stores.payments.ofOrder(orderId);
  const isThis = (one: { paymentSessionId: string; paymentId: string }) =>
    one.paymentSessionId === paymentSessionId && one.paymentId === paymentId;
  const known = payments.find(isThis);
  const isNew = known?.standing !== 'paid' && known?.standing !== 'duplicate';
  const standing = standingOfSuccess(
    known,
    payments.filter((one) => !isThis(one)),
  );
  await stores.payments.save({ ...(known ?? newPayment(data)), received: amount, standing });
  const paid = outcome.kind === 'moved' ? { ...outcome.thing, paymentId } : outcome.thing;
  if (outcome.kind === 'moved') await stores.attempts.save(paid);
  const lock = known?.standing === 'under-review' ? await reviewed(stores, order.lock) : order.lock;
  if (isNew) await payOrder(stores, tools, { ...order, lock }, paymentSessionId);
  await admitWaitingRefunds(stores, tools, paid);
}

/** A session that was used is superseded no more. One that should bring no money is cancelled, unless it shows a success. */
async function wasUsed(
  stores: Stores,
  tools: Tools,
  { orderId, paymentSessionId }: Pick<Attempt, 'orderId' | 'paymentSessionId'>,
  mayCancel: boolean,
): Promise<void> {
  const order = await takeOrder(stores, orderId);
  const attempt = attemptIn(order, paymentSessionId);
  if (attempt === undefined) return;
  const used = { ...attempt, used: true };
  if (!attempt.used) await stores.attempts.save(used);
  if (mayCancel) await cancelIfUsed(stores, tools, order.lock, used);
}
