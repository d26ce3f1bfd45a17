import { caseIdOf } from '../domain/case.js';
import { type Order } from '../domain/order.js';
import { balanceAfter, type ReceivedPayment, type Refund } from '../domain/refund.js';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';
import { resolve } from './resolve-case.js';

/** Money went back: said once per refund, with what is left of the payment. A refund of a payment that is unknown waits for it. */
export async function applyRefund(stores: Stores, refund: Refund): Promise<void> {
  const order = await stores.orders.lock(refund.orderId);
  const payment = await stores.payments.find(refund);
  if (payment === undefined) return stores.waiting.keepRefund(refund);
  if (!(await stores.refunds.record(refund))) return;
  if (refund.origin === 'unasked') await concern(stores, 'refund-unasked', refund, payment);
  if (refund.amount.currency !== payment.amount.currency)
    return concern(stores, 'refund-currency-differs', refund, payment);
  await tell(stores, order, payment, refund);
}

async function tell(stores: Stores, order: Order, payment: ReceivedPayment, refund: Refund): Promise<void> {
  const inCurrency = (await stores.refunds.of(payment))
    .map(({ amount }) => amount)
    .filter(({ currency }) => currency === payment.amount.currency);
  const { kept, refunded, remainder, exceeded } = balanceAfter(order, payment, inCurrency);
  const { orderId, refundRequestId, paymentSessionId, paymentId, amount, refundedAt } = refund;
  await stores.say({
    type: 'OrderRefunded',
    identity: refundRequestId,
    data: {
      orderId,
      refundRequestId,
      paymentSessionId,
      paymentId,
      amount,
      kept,
      refunded,
      remainder,
      refundedAt,
    },
  });
  if (exceeded) await concern(stores, 'refund-exceeds-payment', refund, payment);
  if (remainder.value === '0') await comeRight(stores, payment, refund);
}

/** A case about money that pays nothing is answered when all of that money is back with the shopper. */
async function comeRight(stores: Stores, { standing, paymentSessionId, paymentId }: ReceivedPayment, refund: Refund) {
  if (standing === 'kept' || standing === 'amount-mismatch') return;
  const found = await stores.cases.find(caseIdOf({ kind: standing, paymentSessionId, paymentId }));
  if (found?.status !== 'open') return;
  const reason = `all of it went back to the shopper, last by ${refund.refundRequestId}`;
  await resolve(stores, found, { resolution: 'refunded', reason, by: 'kasir', at: refund.heardAt });
}

async function concern(stores: Stores, kind: string, refund: Refund, payment: ReceivedPayment): Promise<void> {
  const { orderId, paymentSessionId, paymentId, refundRequestId, amount, refundedAt, heardAt } = refund;
  await openCase(stores, {
    kind,
    orderId,
    paymentSessionId,
    paymentId,
    reference: refundRequestId,
    evidence: {
      refundRequestId,
      refunded: `${amount.value} ${amount.currency} at ${refundedAt}`,
      received: `${payment.amount.value} ${payment.amount.currency} (${payment.standing})`,
    },
    since: heardAt,
  });
}
