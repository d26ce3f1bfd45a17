import { type PaymentEvent } from '@kasir/contracts';
import { advanceRefund } from '../domain/refund.js';
import { giveBack } from './give-back.js';
import { type Stores } from './ports.js';

type RefundEnd = Extract<PaymentEvent, { type: 'RefundSucceeded' | 'RefundFailed' }>;

/** How a refund ended. What went back counts for its payment from then on, also where the refund is not known here. */
export async function recordRefund(stores: Stores, { type, data }: RefundEnd): Promise<void> {
  await stores.orders.lock(data.orderId);
  const refund = await stores.refunds.find(data.refundRequestId);
  const moved = refund && advanceRefund(refund, type === 'RefundSucceeded' ? 'succeed' : 'fail');
  if (moved !== undefined && moved.kind !== 'moved') return;
  if (moved !== undefined) await stores.refunds.save(moved.thing);
  if (type === 'RefundSucceeded') await giveBack(stores, data);
}
