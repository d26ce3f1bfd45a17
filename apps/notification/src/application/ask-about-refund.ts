import { type Clock } from '@kasir/kernel';
import { nextPlan, postponed } from '../domain/inquiry-plan.js';
import {
  applyRefundVerdict,
  endsRefund,
  type RefundAnswer,
  type RefundWatch,
  type WatchedRefund,
} from '../domain/watched-refund.js';
import { applyRefundNews } from './apply-refund-news.js';
import { refundAttentionEvent, refundFailedEvent } from './events.js';
import { type InquiryLease, type RefundInquiries, type Stores, type UnitOfWork } from './ports.js';

export interface RefundInquiryTools {
  readonly antom: RefundInquiries;
  readonly clock: Clock;
}

/** Asks Antom once about a leased refund, outside any transaction, and keeps what it answered unless somebody else holds the lease by then. */
export async function askAboutRefund(
  unitOfWork: UnitOfWork,
  { antom, clock }: RefundInquiryTools,
  lease: InquiryLease,
): Promise<void> {
  const answer = await antom.inquireRefund(lease.id);
  const now = clock.now();
  await unitOfWork.run(async (stores) => {
    const refund = await stores.refunds.lock(lease.id);
    const { watch } = refund;
    const plan = await stores.refundInquiries.held(lease);
    if (watch === null || plan === undefined) return;
    if (answer.kind === 'succeeded') {
      await applyRefundNews(stores, answer.news, now);
      return stores.refundInquiries.end(lease.id);
    }
    if (endsRefund(refund, answer)) return fail(stores, refund, watch);
    if (answer.kind === 'unknown' && answer.retryAfterMs !== undefined)
      return stores.refundInquiries.goOn(lease, postponed(plan, now, answer.retryAfterMs));
    const next = nextPlan(plan, lease.plan, watch.startedAt, now);
    if (next !== undefined) return stores.refundInquiries.goOn(lease, next);
    await giveUp(stores, refund, watch, answer);
  });
}

/** Antom's answers to questions about refunds give no reason; a refusal that was heard before does. */
async function fail(stores: Stores, refund: WatchedRefund, watch: RefundWatch): Promise<void> {
  const { refundRequestId } = refund;
  await stores.refundInquiries.end(refundRequestId);
  const outcome = applyRefundVerdict(refund, 'failed');
  if (outcome.kind !== 'moved' || !(await stores.refunds.claim(refundRequestId, 'failed'))) return;
  await stores.refunds.save(outcome.thing);
  const { code, message } = refund.refusal ?? { code: 'REFUND_FAILED', message: 'Antom says that the refund failed' };
  await stores.say(refundFailedEvent(refundRequestId, watch, { code, message }), watch.announcedBy);
}

async function giveUp(
  stores: Stores,
  { refundRequestId, status }: WatchedRefund,
  watch: RefundWatch,
  answer: RefundAnswer,
): Promise<void> {
  await stores.refundInquiries.end(refundRequestId);
  if (!(await stores.refunds.claim(refundRequestId, 'no-answer'))) return;
  const evidence = { lastAnswer: answer.kind, startedAt: watch.startedAt.toISOString(), believed: status };
  await stores.say(refundAttentionEvent(refundRequestId, watch, 'no-answer', evidence), watch.announcedBy);
}
