import { type Clock } from '@kasir/kernel';
import { askedAtOnce, firstPlan, planned } from '../domain/inquiry-plan.js';
import { type Refusal, refundTransition, type RefundWatch, type WatchedRefund } from '../domain/watched-refund.js';
import { decideRefund } from './apply-refund-update.js';
import { type Stores } from './ports.js';

/** A refund has started: it is inquired about until it has an end, and what Antom reported of it too early is judged at once. */
export async function watchRefund(stores: Stores, refundRequestId: string, watch: RefundWatch): Promise<void> {
  const refund = await stores.refunds.lock(refundRequestId);
  const { kind, thing } = refundTransition({ ...refund, watch, waiting: [] }, 'announce');
  if (kind !== 'moved') return;
  const now = new Date(watch.startedAt);
  let left: WatchedRefund = planned(thing, firstPlan(now));
  for (const { update } of refund.waiting) left = await decideRefund(stores, left, update, now);
  await stores.refunds.save(left);
}

/** What the call for the refund brought payment-session: a hint, and a reason to ask. */
export async function hintAtRefund(
  { refunds }: Stores,
  clock: Clock,
  refundRequestId: string,
  refusal: Refusal | undefined,
): Promise<void> {
  const refund = await refunds.lock(refundRequestId);
  const hinted = refusal === undefined ? refund : { ...refund, refusal };
  await refunds.save(hinted.plan === null ? hinted : askedAtOnce(hinted, clock.now()));
}
