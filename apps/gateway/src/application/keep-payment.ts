import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Stores } from './ports.js';

/** Remembers what succeeded, so that a merchant may name it: one session may be paid twice. */
export async function keepPayment(
  { payments }: Pick<Stores, 'payments'>,
  { type, data }: PaymentEvent | PaymentSessionEvent,
): Promise<void> {
  if (type !== 'PaymentSucceeded') return;
  const { paymentId, paymentSessionId, orderId, amount } = data;
  await payments.add({ paymentId, paymentSessionId, orderId, amount });
}
