import { type Money } from '@kasir/kernel';
import { givingBack, newPayment, type PaymentKey } from '../domain/payment.js';
import { type Stores } from './ports.js';

/** Money of a payment went back to the buyer, by whatever way: so much less can be refunded. */
export async function giveBack(stores: Stores, { amount, ...key }: PaymentKey & { amount: Money }): Promise<void> {
  await stores.orders.lock(key.orderId);
  const payment = (await stores.payments.find(key.paymentSessionId, key.paymentId)) ?? newPayment(key);
  await stores.payments.save(givingBack(payment, amount));
}
