import { type Clock } from '@kasir/kernel';
import { firstPlan } from '../domain/inquiry-plan.js';
import { applyRefundVerdict, type Refusal, type RefundWatch, startWatchingRefund } from '../domain/watched-refund.js';
import { applyRefundNews } from './apply-refund-news.js';
import { askAtOnce } from './hurry-inquiry.js';
import { type Stores } from './ports.js';

/** A refund has started: it is asked about until it has an end, and what came of it too early is judged at once. */
export async function watchRefund(stores: Stores, refundRequestId: string, watch: RefundWatch): Promise<void> {
  const watching = startWatchingRefund(await stores.refunds.lock(refundRequestId), watch);
  if (watching.kind !== 'moved') return;
  await stores.refunds.save(watching.thing);
  await stores.refundInquiries.plan(refundRequestId, firstPlan(watch.startedAt));
  for (const news of await stores.waitingRefunds.take(refundRequestId))
    await applyRefundNews(stores, news, watch.startedAt);
}

/** What payment-session heard when it asked for the refund: a hint, and a reason to ask. */
export async function hearRefundHint(
  stores: Stores,
  clock: Clock,
  refundRequestId: string,
  refusal: Refusal | undefined,
): Promise<void> {
  const refund = await stores.refunds.lock(refundRequestId);
  if (refusal !== undefined) {
    const { thing } = applyRefundVerdict(refund, 'refused');
    await stores.refunds.save({ ...thing, refusal });
  }
  await askAtOnce(stores.refundInquiries, clock, refundRequestId);
}
