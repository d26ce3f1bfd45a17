import { type Attempt } from '../domain/attempt.js';
import { type Payment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { type Stores } from './ports.js';

/** The payment that a refund is of: the one it names, else the first success of its attempt. Undefined before its money is known. */
export async function paymentOf(
  { payments }: Stores,
  { paymentSessionId, paymentId: first }: Attempt,
  { paymentId = first }: Pick<Refund, 'paymentId'>,
): Promise<Payment | undefined> {
  const payment = paymentId === undefined ? undefined : await payments.find(paymentSessionId, paymentId);
  return payment?.received === undefined ? undefined : payment;
}
