import { type PaymentEvent } from '@kasir/contracts';
import { advanceRefund, type Refund } from '../domain/refund.js';
import { type Stores } from './ports.js';

type RefundEnd = Extract<PaymentEvent, { type: 'RefundSucceeded' | 'RefundFailed' }>;

/** How a refund ended. Money that nobody asked to go back is gone all the same, and leaves less to give. */
export async function recordRefund(stores: Stores, { type, data }: RefundEnd): Promise<void> {
  await stores.orders.lock(data.orderId);
  const refund = await stores.refunds.find(data.refundRequestId);
  if (refund === undefined) {
    if (type === 'RefundSucceeded') await stores.refunds.add(unasked(data));
    return;
  }
  const moved = advanceRefund(refund, type === 'RefundSucceeded' ? 'succeed' : 'fail');
  if (moved.kind === 'moved') await stores.refunds.save(moved.thing);
}

const unasked = ({
  refundRequestId,
  orderId,
  paymentSessionId,
  paymentId,
  amount,
}: Pick<Refund, 'refundRequestId' | 'orderId' | 'paymentSessionId' | 'amount'> & { paymentId: string }): Refund => ({
  ...{ refundRequestId, orderId, paymentSessionId, paymentId, amount },
  ...{ cause: 'unasked', status: 'succeeded', reason: 'nobody asked us for it' },
});
