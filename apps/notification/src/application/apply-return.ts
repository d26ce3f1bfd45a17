import { moneyProblem } from '@kasir/kernel';
import { type Amount, inWords, isAllBack, type Returned } from '../domain/returned.js';
import { transition, type Watched } from '../domain/watched-payment.js';
import { type RefundWatch, refundTransition, type WatchedRefund } from '../domain/watched-refund.js';
import { returnedEvent } from './events.js';
import { type Stores } from './ports.js';
import { tellOnce } from './tell-refund.js';

/**
 * Money of a payment went back without a refund of ours: published once per return.
 * @returns the payment as it stands then, for the caller to save
 */
export async function applyReturn(
  stores: Stores,
  payment: Watched,
  returned: Returned,
  now: Date,
  refund?: WatchedRefund,
): Promise<Watched> {
  const known = refund ?? (await stores.refunds.lock(returned.returnId));
  if (known.watch !== null) return payment;
  const started = { ...known, watch: watchOf(payment, returned, now), waiting: [] };
  if (moneyProblem(returned.amount) !== undefined) {
    const told = await tellOnce(stores, started, 'refund-other-amount', { received: inWords(returned.amount) });
    await stores.refunds.save({ ...known, attention: told.attention });
    return payment;
  }
  const announced = refundTransition(started, 'announce').thing;
  await stores.refunds.save(refundTransition(announced, 'succeed').thing);
  await stores.publish(returnedEvent(payment, returned), payment.watch.announcedBy);
  return (await isAllGone(stores, payment)) ? transition(payment, 'return').thing : payment;
}

async function isAllGone({ outcomes, refunds }: Stores, { paymentRequestId }: Watched): Promise<boolean> {
  const received = (await outcomes.of(paymentRequestId)).flatMap((outcome) => outcome.received ?? []);
  const succeeded = (await refunds.ofPayment(paymentRequestId)).filter(({ status }) => status === 'succeeded');
  return isAllBack(
    received,
    succeeded.flatMap(({ watch }) => watch?.amount ?? []),
  );
}

const watchOf = (
  { paymentRequestId, watch: { orderId, announcedBy } }: Watched,
  { paymentId, amount }: { readonly paymentId: string; readonly amount: Amount },
  now: Date,
): RefundWatch => ({ orderId, paymentRequestId, paymentId, amount, startedAt: now.toISOString(), announcedBy });
