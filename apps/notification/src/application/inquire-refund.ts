import { type Clock } from '@kasir/kernel';
import { goneOn, holds, nextPlan, postponed } from '../domain/inquiry-plan.js';
import {
  endsRefund,
  type RefundAnswer,
  refundTransition,
  type Started,
  type WatchedRefund,
} from '../domain/watched-refund.js';
import { decideRefund, isStarted } from './apply-refund-update.js';
import { refundFailedEvent } from './events.js';
import { type RefundInquiries, type Stores, type UnitOfWork } from './ports.js';
import { tellOnce } from './tell-refund.js';

export interface RefundInquiryTools {
  readonly antom: RefundInquiries;
  readonly clock: Clock;
}

/** Asks Antom once about a leased refund, outside any transaction, and records the answer unless the lease is another's by then. */
export async function inquireRefund(
  unitOfWork: UnitOfWork,
  { antom, clock }: RefundInquiryTools,
  asked: WatchedRefund,
): Promise<void> {
  const answer = await antom.inquireRefund(asked.refundRequestId);
  const now = clock.now();
  await unitOfWork.run(async (stores) => {
    const refund = await stores.refunds.lock(asked.refundRequestId);
    if (isStarted(refund) && holds(refund, asked))
      await stores.refunds.save(await record(stores, refund, asked, answer, now));
  });
}

async function record(
  stores: Stores,
  refund: Started,
  asked: WatchedRefund,
  answer: RefundAnswer,
  now: Date,
): Promise<WatchedRefund> {
  const { plan, watch, status } = refund;
  if (answer.kind === 'succeeded') return goneOn(await decideRefund(stores, refund, answer.update, now), null);
  if (endsRefund(refund, answer)) return fail(stores, refund);
  if (plan === null) return refund;
  if (answer.kind === 'unknown' && answer.retryAfterMs !== undefined)
    return goneOn(refund, postponed(plan, now, answer.retryAfterMs));
  const next = nextPlan(plan, asked.plan, { endsAt: new Date(watch.startedAt) }, now);
  if (next !== undefined) return goneOn(refund, next);
  const evidence = { lastAnswer: answer.kind, startedAt: watch.startedAt, believed: status };
  return goneOn(await tellOnce(stores, refund, 'refund-no-answer', evidence), null);
}

/** Antom's answers to inquiries about refunds give no reason; a refusal that was reported before does. */
async function fail(stores: Stores, refund: Started): Promise<WatchedRefund> {
  const { kind, thing } = refundTransition(refund, 'fail');
  const reason = refund.refusal ?? { code: 'REFUND_FAILED', message: 'Antom says that the refund failed' };
  if (kind === 'moved') await stores.publish(refundFailedEvent(refund, reason), refund.watch.announcedBy);
  return goneOn(thing, null);
}
