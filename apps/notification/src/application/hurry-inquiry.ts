import { type Clock } from '@kasir/kernel';
import { hurried } from '../domain/inquiry-plan.js';
import { type Stores } from './ports.js';

/** The buyer is back: whoever still waits for news of the payment is asked about at once. */
export async function hurryInquiry(stores: Stores, clock: Clock, paymentRequestId: string): Promise<void> {
  await stores.payments.lock(paymentRequestId);
  const plan = await stores.inquiries.find(paymentRequestId);
  if (plan !== undefined) await stores.inquiries.plan(paymentRequestId, hurried(plan, clock.now()));
}
