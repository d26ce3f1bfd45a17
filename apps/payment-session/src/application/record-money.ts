import { type DataOf, type PaymentEvent } from '@kasir/contracts';
import { reviewing } from '../domain/order-lock.js';
import { newPayment, type Payment } from '../domain/payment.js';
import { attemptEnded } from './attempt-ended.js';
import { attemptIn, type OrderInHand, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { admitWaitingRefunds } from './request-refund.js';
import { stopAttempts } from './stop-attempts.js';

type Concern = DataOf<PaymentEvent, 'PaymentNeedsAttention'>;

/** Antom returns money by itself that comes after a cancel it has answered with S. */
const locksNothing = 'after-cancel';

/** Money that pays nothing is kept, so that it can be refunded or accepted, and locks its order until its case is resolved. */
export async function recordMoney(stores: Stores, tools: Tools, concern: Concern): Promise<void> {
  const { kind, orderId, paymentSessionId, paymentId, received } = concern;
  if (received === undefined || paymentSessionId === undefined || paymentId === undefined) return;
  const order = await takeOrder(stores, orderId);
  const known = await stores.payments.find(paymentSessionId, paymentId);
  if (known?.received !== undefined) return;
  const payment = { ...(known ?? newPayment({ orderId, paymentSessionId, paymentId })), received };
  if (known?.standing !== undefined) await decidedBefore(stores, tools, { ...payment, standing: known.standing });
  else if (kind === locksNothing) await stores.payments.save({ ...payment, standing: 'settled' });
  else await beginReview(stores, tools, order, payment);
  const attempt = attemptIn(order, paymentSessionId);
  if (attempt !== undefined) await admitWaitingRefunds(stores, tools, attempt);
}

/** The decision of a person was handled before the money that it is about. */
async function decidedBefore(stores: Stores, tools: Tools, payment: Payment): Promise<void> {
  await stores.payments.save(payment);
  if (payment.standing === 'settled') await attemptEnded(stores, tools.clock, payment, 'expire');
}

async function beginReview(
  stores: Stores,
  tools: Tools,
  { lock, attempts }: OrderInHand,
  payment: Payment,
): Promise<void> {
  await stores.payments.save({ ...payment, standing: 'under-review' });
  const locked = reviewing(lock, 1);
  await stores.orders.save(locked);
  const siblings = attempts.filter(({ paymentSessionId }) => paymentSessionId !== payment.paymentSessionId);
  await stopAttempts(stores, tools, locked, siblings);
}
