import { type Clock } from '@kasir/kernel';
import { endsAttempt, type InquiryAnswer, inOneWord, refundsIn } from '../domain/inquiry-answer.js';
import { goneOn, holds, nextPlan, postponed } from '../domain/inquiry-plan.js';
import { isOver } from '../domain/payment-transitions.js';
import { isWatched, transition, type Watched, type WatchedPayment } from '../domain/watched-payment.js';
import { applyRefundUpdate } from './apply-refund-update.js';
import { decide } from './apply-update.js';
import { type Answered, closePending } from './close-pending.js';
import { attentionEvent, endEvent } from './events.js';
import { type PaymentInquiries, type Stores, type UnitOfWork } from './ports.js';
import { watchSiblings } from './watch-siblings.js';

export interface InquiryTools {
  readonly antom: PaymentInquiries;
  readonly clock: Clock;
}

/** Asks Antom once about a leased payment, outside any transaction, and records the answers unless the lease is another's by then. */
export async function inquirePayment(
  unitOfWork: UnitOfWork,
  { antom, clock }: InquiryTools,
  asked: WatchedPayment,
): Promise<void> {
  const id = asked.paymentRequestId;
  const paymentIds = [...new Set(asked.pendingInquiries.map(({ paymentId }) => paymentId))];
  const answers = await Promise.all([
    antom.inquire(id).then((answer): Answered => ({ answer })),
    ...paymentIds.map(async (paymentId) => ({ paymentId, answer: await antom.inquire(id, paymentId) })),
  ]);
  const now = clock.now();
  await unitOfWork.run(async (stores) => {
    const payment = await stores.payments.lock(id);
    if (!isWatched(payment) || !holds(payment, asked)) return;
    const left = await record(stores, payment, asked, answers, now);
    await stores.payments.save(left);
    if (left.status !== payment.status) await watchSiblings(stores, [left], now);
    for (const { answer } of answers)
      for (const refund of refundsIn(answer)) await applyRefundUpdate(stores, refund, now);
  });
}

async function record(
  stores: Stores,
  payment: Watched,
  asked: WatchedPayment,
  answers: readonly Answered[],
  now: Date,
): Promise<WatchedPayment> {
  const isInquired = asked.cancelStartedAt !== null;
  let left: WatchedPayment = payment;
  for (const { answer } of answers) {
    const update = updateOf(payment, answer);
    if (update !== undefined) left = await decide(stores, left, update, { now, isInquired });
  }
  if (!isWatched(left)) return left;
  const closed = await closePending(stores, left, asked, answers, now);
  return goOn(stores, closed, asked, answers[0]!.answer, now);
}

function updateOf({ paymentRequestId }: WatchedPayment, answer: InquiryAnswer) {
  if (answer.kind === 'cancelled') return { kind: 'cancelled', paymentRequestId } as const;
  return answer.kind === 'update' ? answer.update : undefined;
}

/** Whether and when the next inquiry follows one that was answered, or was not. */
async function goOn(
  stores: Stores,
  payment: Watched,
  asked: WatchedPayment,
  answer: InquiryAnswer,
  now: Date,
): Promise<WatchedPayment> {
  const { plan, pendingInquiries: pending, watch } = payment;
  if (plan === null) return payment;
  if (pending.length === 0 && isEnough(payment, asked, answer, now)) return goneOn(payment, null);
  if (pending.length === 0 && now >= new Date(watch.endsAt) && endsAttempt(answer)) return expire(stores, payment);
  if (answer.kind === 'unknown' && answer.retryAfterMs !== undefined)
    return goneOn(payment, postponed(plan, now, answer.retryAfterMs));
  const endsAt = new Date(Math.max(...[watch.endsAt, ...pending.map(({ since }) => since)].map(Date.parse)));
  const closeUntil = payment.isWatchedClosely ? new Date(watch.sessionExpiresAt) : undefined;
  const next = nextPlan(plan, asked.plan, { endsAt, closeUntil }, now);
  return next === undefined ? giveUp(stores, payment, answer) : goneOn(payment, next);
}

/** Money is all there is to know; and of what is over nothing more is to be known, unless the buyer or an operator waits. */
function isEnough({ status, plan }: Watched, asked: WatchedPayment, answer: InquiryAnswer, now: Date): boolean {
  if (inOneWord(answer) === 'succeeded') return true;
  if (!isOver(status) || answer.kind !== 'unknown') return isOver(status);
  const isLater = (plan?.hurries ?? 0) > (asked.plan?.hurries ?? 0);
  return !isLater && (plan?.hurryUntil ?? now) <= now;
}

async function expire(stores: Stores, payment: Watched): Promise<WatchedPayment> {
  const { kind, thing } = transition(payment, 'expire');
  if (kind === 'moved') await stores.publish(endEvent('PaymentExpired', payment), payment.watch.announcedBy);
  return goneOn(thing, null);
}

async function giveUp(stores: Stores, payment: Watched, answer: InquiryAnswer): Promise<WatchedPayment> {
  const { paymentRequestId, status, watch } = payment;
  const claim = { paymentRequestId, paymentId: '', outcome: 'no-answer' } as const;
  if (!isOver(status) && (await stores.outcomes.claim(claim))) {
    const evidence = { lastAnswer: inOneWord(answer), endedAt: watch.endsAt, believed: status };
    await stores.publish(attentionEvent(payment, 'no-answer', evidence), watch.announcedBy);
  }
  return goneOn(payment, null);
}
