import { type Order } from '../domain/order.js';
import { giveBackOf, leftOf, type ReceivedPayment, remainderOf, samePayment } from '../domain/payment.js';
import { type MoneyBack } from '../domain/refund.js';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';
import { resolveMoneyCases } from './resolve-case.js';
import { isReturn, returnPayment } from './return-payment.js';

/** Money of a payment went back: told once, with what is left of it. What comes before its payment waits for it. */
export async function giveBack(stores: Stores, back: MoneyBack, at: string): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount } = back;
  const order = await stores.orders.lock(orderId);
  const before = await stores.payments.find(back);
  if (before === undefined) return stores.payments.save({ orderId, paymentSessionId, paymentId, amount: null });
  if (before.amount === null) return;
  if (amount.currency !== before.amount.currency) return reportOverRefund(stores, back, before, at);
  const payment = giveBackOf(before, amount);
  const isAllThatWasLeft = leftOf(before) > 0n && leftOf(payment) <= 0n;
  await stores.payments.save(payment);
  if (isReturn(back) && isAllThatWasLeft && pays(order, payment)) await returnPayment(stores, order, payment, back, at);
  else await publishRefunded(stores, order, payment, back);
  if (leftOf(payment) < 0n) await reportOverRefund(stores, back, payment, at);
  if (leftOf(payment) <= 0n) await resolveMoneyCases(stores, payment, back.id, at);
}

const pays = ({ paidBy }: Order, payment: ReceivedPayment): boolean => paidBy !== null && samePayment(paidBy, payment);

async function publishRefunded(stores: Stores, order: Order, payment: ReceivedPayment, back: MoneyBack): Promise<void> {
  const { id: refundId, orderId, paymentSessionId, paymentId, origin, amount, at: refundedAt } = back;
  await stores.publish({
    type: 'OrderRefunded',
    identity: refundId,
    data: {
      ...{ orderId, paymentSessionId, paymentId, origin, refundId, amount, refundedAt },
      kept: pays(order, payment),
      refunded: { value: payment.givenBack, currency: payment.amount.currency },
      remainder: remainderOf(payment),
    },
  });
}

async function reportOverRefund(stores: Stores, back: MoneyBack, payment: ReceivedPayment, at: string): Promise<void> {
  const { id, orderId, paymentSessionId, paymentId, amount, at: refundedAt } = back;
  await openCase(stores, {
    ...{ kind: 'over-refunded', orderId, paymentSessionId, paymentId, reference: id },
    evidence: {
      refundId: id,
      refunded: `${amount.value} ${amount.currency} at ${refundedAt}`,
      received: `${payment.amount.value} ${payment.amount.currency} (${payment.standing})`,
    },
    since: at,
  });
}
