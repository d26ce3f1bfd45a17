import { type Order } from '../domain/order.js';
import { type KnownPayment, type ReceivedPayment } from '../domain/payment.js';
import { giveBack } from './give-back.js';
import { type Stores } from './ports.js';

/** Records money, and applies the refunds of it that came first. */
export async function receive(
  stores: Stores,
  known: KnownPayment | undefined,
  arrived: Omit<ReceivedPayment, 'givenBack'>,
  at: string,
): Promise<void> {
  const givenBack = known === undefined || known.amount === null ? '0' : known.givenBack;
  await stores.payments.save({ ...arrived, givenBack });
  if (known?.amount !== null) return;
  for (const back of await stores.refunds.of(arrived)) await giveBack(stores, back, at);
}

/** @param order as it is paid now */
export async function publishPaid(
  stores: Stores,
  { id: orderId, facts }: Order,
  { paymentSessionId, paymentId, amount, paidAt }: Omit<ReceivedPayment, 'givenBack' | 'standing'>,
  acceptedBy?: string,
): Promise<void> {
  if (facts === null) throw new Error(`order ${orderId} is paid, and nothing is known of it`);
  await stores.publish({
    type: 'OrderPaid',
    identity: `${orderId}/${paymentSessionId}/${paymentId}`,
    data: {
      ...{ orderId, paymentSessionId, paymentId, amount, paidAt },
      description: facts.description,
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
    },
  });
}
