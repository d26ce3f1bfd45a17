import { type Attempt } from '../domain/attempt.js';
import { type Payment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { type Stores } from './ports.js';

/** The payment that a refund is of: the one it names, else the first success of its attempt. Undefined before its success. */
export async function paymentOf(
  { payments }: Stores,
  { paymentSessionId, paymentId: first }: Attempt,
  { paymentId = first }: Pick<Refund, 'paymentId'>,
): Promise<Payment | undefined> {
  return paymentId === undefined ? undefined : payments.find(paymentSessionId, paymentId);
}
