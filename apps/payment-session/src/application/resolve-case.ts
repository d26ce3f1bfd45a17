import { type CaseResolutionWord, type DataOf, type OrderEvent } from '@kasir/contracts';
import { advance, type Attempt } from '../domain/attempt.js';
import { advanceLock } from '../domain/order-lock.js';
import { newPayment, type Payment, type PaymentKey } from '../domain/payment.js';
import { attemptEnded } from './attempt-ended.js';
import { drainOrder } from './drain-order.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { payOrder } from './pay-order.js';
import { type Stores, type Tools } from './ports.js';
import { requestRefund } from './request-refund.js';
import { reviewed } from './review-money.js';

type Resolved = DataOf<OrderEvent, 'OrderAttentionResolved'>;

/** A person has decided about a case. The decision may be handled before the money that it is about. */
export async function resolveCase(stores: Stores, tools: Tools, resolved: Resolved): Promise<void> {
  const { orderId, paymentSessionId, paymentId, kind, resolution, status } = resolved;
  if (paymentSessionId === undefined) return;
  const attempt = { orderId, paymentSessionId };
  const payment = paymentId === undefined ? undefined : { ...attempt, paymentId };
  if (status === 'refunding') return payment && refundCase(stores, tools, payment, resolved);
  const word = resolution as CaseResolutionWord;
  if (word === 'accept-payment') return payment && acceptPayment(stores, tools, payment);
  if (payment !== undefined) await settle(stores, tools, payment, kind);
  if (word === 'ended-unpaid') await attemptEnded(stores, tools.clock, attempt, 'expire');
  if (word === 'new-attempt' && kind === 'payment-returned') await reopen(stores, orderId);
  await drainOrder(stores, orderId, tools.clock.now());
}

/** As long as Antom takes a reason. */
const reasonOf = (reason: string): string => reason.slice(0, 256).toWellFormed();

async function refundCase(stores: Stores, tools: Tools, payment: PaymentKey, resolved: Resolved): Promise<void> {
  const { refundRequestId, amount, caseId, reason } = resolved;
  if (refundRequestId === undefined || amount === undefined) return;
  const { orderId, paymentSessionId, paymentId } = payment;
  await requestRefund(stores, tools, {
    ...{ refundRequestId, orderId, paymentSessionId, paymentId, amount },
    ...{ cause: 'case', caseId, reason: reasonOf(reason) },
  });
}

/** Money under review ends its attempt with its case, so that a sealed order drains. Money that pays the order stays as it is. */
async function settle(stores: Stores, tools: Tools, key: PaymentKey, kind: string): Promise<void> {
  const { lock } = await takeOrder(stores, key.orderId);
  const known = await stores.payments.find(key.paymentSessionId, key.paymentId);
  if (!settles(known, kind)) return;
  await stores.payments.save({ ...(known ?? newPayment(key)), standing: 'settled' });
  if (known?.standing !== 'under-review') return;
  await reviewed(stores, lock);
  await attemptEnded(stores, tools.clock, key, 'expire');
}

function settles(known: Payment | undefined, kind: string): boolean {
  if (known?.standing === 'duplicate') return kind === 'duplicate-payment';
  return known?.standing === undefined || known.standing === 'under-review';
}

/** The payment pays the order, by name and reason. */
async function acceptPayment(stores: Stores, tools: Tools, key: PaymentKey): Promise<void> {
  const order = await takeOrder(stores, key.orderId);
  const known = await stores.payments.find(key.paymentSessionId, key.paymentId);
  await stores.payments.save({ ...(known ?? newPayment(key)), standing: 'paid' });
  const lock = known?.standing === 'under-review' ? await reviewed(stores, order.lock) : order.lock;
  const attempt = attemptIn(order, key.paymentSessionId);
  if (attempt !== undefined) await accept(stores, attempt, key.paymentId);
  await payOrder(stores, tools, { ...order, lock }, key.paymentSessionId);
}

async function accept(stores: Stores, attempt: Attempt, paymentId: string): Promise<void> {
  const moved = advance(attempt, attempt.status === 'cancelled' ? 'accept' : 'succeed');
  if (moved.kind !== 'refused') await stores.attempts.save({ ...moved.thing, paymentId });
}

/** The money of the paid order went back, and it takes another attempt. */
async function reopen(stores: Stores, orderId: string): Promise<void> {
  const moved = advanceLock(await stores.orders.lock(orderId), 'reopen');
  if (moved.kind === 'moved') await stores.orders.save(moved.thing);
}
