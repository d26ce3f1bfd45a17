import { caseIdOf } from '../domain/case.js';
import { type Order, returnOrder } from '../domain/order.js';
import { type ReceivedPayment } from '../domain/payment.js';
import { type MoneyBack, type Returned } from '../domain/refund.js';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';
import { resolve } from './resolve-case.js';

type Return = MoneyBack & { readonly returned: Returned };

export const isReturn = (back: MoneyBack): back is Return => back.returned !== null;

/** The money that paid the order went back by itself: a duplicate that stands pays it from now on, or none does. */
export async function returnPayment(
  stores: Stores,
  order: Order,
  payment: ReceivedPayment,
  back: Return,
  at: string,
): Promise<void> {
  await stores.payments.save({ ...payment, standing: 'returned' });
  const standing = await duplicateThatStands(stores, order.id);
  if (standing === undefined) {
    await stores.orders.save(returnOrder(order).thing);
    await publishReturned(stores, back, null);
    return reportReturned(stores, back, at);
  }
  const { paymentSessionId, paymentId } = standing;
  await stores.payments.save({ ...standing, standing: 'paid' });
  await stores.orders.save({ ...order, paidBy: { paymentSessionId, paymentId } });
  await publishReturned(stores, back, { paymentSessionId, paymentId });
  await resolveDuplicate(stores, standing, back, at);
}

/** Antom keeps the last success and returns earlier ones. One that is being refunded does not stand. */
async function duplicateThatStands(stores: Stores, orderId: string): Promise<ReceivedPayment | undefined> {
  for (const duplicate of await stores.payments.duplicatesOf(orderId)) {
    const found = await stores.cases.find(caseOf(duplicate));
    if (found?.status !== 'refunding') return duplicate;
  }
  return undefined;
}

const caseOf = ({ paymentSessionId, paymentId }: ReceivedPayment): string =>
  caseIdOf({ kind: 'duplicate-payment', paymentSessionId, paymentId });

async function publishReturned(
  stores: Stores,
  { id: returnId, orderId, paymentSessionId, paymentId, amount, returned: { cause } }: Return,
  paidBy: Order['paidBy'],
): Promise<void> {
  await stores.publish({
    type: 'OrderPaymentReturned',
    identity: returnId,
    data: { orderId, paymentSessionId, paymentId, returnId, amount, cause, paidBy },
  });
}

async function resolveDuplicate(stores: Stores, duplicate: ReceivedPayment, back: Return, at: string): Promise<void> {
  const found = await stores.cases.find(caseOf(duplicate));
  const reason = `it pays the order, now that ${back.paymentId} went back`;
  if (found !== undefined) await resolve(stores, found, { resolution: 'accept-payment', reason, by: 'kasir', at });
}

async function reportReturned(stores: Stores, back: Return, at: string): Promise<void> {
  const { id: returnId, orderId, paymentSessionId, paymentId, amount, returned } = back;
  await openCase(stores, {
    ...{ kind: 'payment-returned', orderId, paymentSessionId, paymentId },
    evidence: {
      ...returned.evidence,
      ...{ returnId, cause: returned.cause, returned: `${amount.value} ${amount.currency} at ${back.at}` },
    },
    since: at,
  });
}
