import { moneyProblem } from '@kasir/kernel';
import { atOnce, firstPlan } from '../domain/inquiry-plan.js';
import { type Watch } from '../domain/watched-payment.js';
import {
  applyRefundVerdict,
  judgeRefund,
  type RefundNews,
  type RefundWatch,
  startWatchingRefund,
  type WatchedRefund,
} from '../domain/watched-refund.js';
import { refundAttentionEvent, refundSucceededEvent } from './events.js';
import { type Stores } from './ports.js';

/** Begins every refund that this deployment has asked for; payment-session announces each of them before it calls Antom. */
const ownRefund = /^rf_/;

/**
 * The one place where money that went back is believed. Notifications, inquiries and the histories of payments end here,
 * and each outcome of a refund is claimed once.
 */
export async function applyRefundNews(stores: Stores, news: RefundNews, now: Date): Promise<void> {
  const refund = await stores.refunds.lock(news.refundRequestId);
  if (refund.watch !== null) return applyToWatched(stores, { ...refund, watch: refund.watch }, news, now);
  const watch = await unaskedWatch(stores, news, now);
  if (watch === undefined) return stores.waitingRefunds.keep(news, now);
  if (moneyProblem(watch.amount) !== undefined) return tellOfMismatch(stores, watch, news);
  const watched = { ...startWatchingRefund(refund, watch).thing, watch };
  await stores.waitingRefunds.take(news.refundRequestId);
  await applyToWatched(stores, watched, news, now);
}

type Watched = WatchedRefund & { readonly watch: RefundWatch };

async function applyToWatched(stores: Stores, refund: Watched, news: RefundNews, now: Date): Promise<void> {
  const { refundRequestId, watch } = refund;
  const verdict = judgeRefund(watch, news);
  if (verdict === undefined) return;
  if (verdict === 'refused' || news.old === true) return askFirst(stores, refund, news, now);
  if (!(await stores.refunds.claim(refundRequestId, verdict))) return;
  const { kind, thing } = applyRefundVerdict(refund, verdict);
  if (kind === 'moved') await stores.refunds.save(thing);
  await stores.refundInquiries.end(refundRequestId);
  if (verdict === 'mismatched') return tellOfMismatch(stores, watch, news);
  await stores.say(refundSucceededEvent(refundRequestId, watch, news.refundedAt), watch.announcedBy);
}

/** A refusal is no failure yet, and old news is at most a repeat: an answered inquiry decides. */
async function askFirst(stores: Stores, refund: Watched, news: RefundNews, now: Date): Promise<void> {
  const { refundRequestId, status } = refund;
  if (status === 'succeeded' || (status === 'failed' && news.kind === 'failed')) return;
  const { code, message } = news;
  if (news.kind === 'failed')
    await stores.refunds.save({ ...applyRefundVerdict(refund, 'refused').thing, refusal: { code, message } });
  const plan = (await stores.refundInquiries.find(refundRequestId)) ?? firstPlan(now);
  await stores.refundInquiries.plan(refundRequestId, atOnce(plan, now));
}

const tellOfMismatch = (stores: Stores, watch: RefundWatch, { refundRequestId, amount }: RefundNews): Promise<void> =>
  stores.say(
    refundAttentionEvent(refundRequestId, watch, 'amount-mismatch', {
      paymentId: watch.paymentId,
      origin: watch.origin,
      expected: `${watch.amount.value} ${watch.amount.currency}`,
      received: `${amount.value} ${amount.currency}`,
    }),
    watch.announcedBy,
  );

/** A refund of a payment of ours that none of us has asked for, such as one from Antom's dashboard. */
async function unaskedWatch(stores: Stores, news: RefundNews, now: Date): Promise<RefundWatch | undefined> {
  if (news.kind !== 'succeeded' || news.payment === undefined || ownRefund.test(news.refundRequestId)) return undefined;
  const payment = await stores.payments.find(news.payment);
  const known = payment?.watch ?? undefined;
  if (payment === null || known === undefined) return undefined;
  const paymentId = 'paymentId' in news.payment ? news.payment.paymentId : await onlyPaymentId(stores, payment);
  return paymentId === undefined ? undefined : watchOf(payment.paymentRequestId, paymentId, known, news, now);
}

async function onlyPaymentId(stores: Stores, { paymentRequestId }: { paymentRequestId: string }) {
  const outcomes = await stores.outcomes.of(paymentRequestId);
  return outcomes.find(({ verdict }) => verdict === 'succeeded')?.paymentId;
}

const watchOf = (
  paymentRequestId: string,
  paymentId: string,
  { orderId, paymentSessionId, announcedBy }: Watch,
  { amount }: RefundNews,
  now: Date,
): RefundWatch => ({
  ...{ orderId, paymentSessionId, paymentRequestId, paymentId, announcedBy, amount },
  origin: 'unasked',
  startedAt: now,
});
