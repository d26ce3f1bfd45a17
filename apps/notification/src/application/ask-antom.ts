import { type Clock } from '@kasir/kernel';
import { endsAttempt, type InquiryAnswer, inOneWord } from '../domain/inquiry-answer.js';
import { type InquiryPlan, nextPlan, postponed } from '../domain/inquiry-plan.js';
import { applyVerdict, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { isOver } from '../domain/watch-life.js';
import { applyNews } from './apply-news.js';
import { applyRefundNews } from './apply-refund-news.js';
import { type Answered, closeQuestions } from './close-questions.js';
import { endEvent, noAnswerEvent } from './events.js';
import { type InquiryLease, type PaymentInquiries, type Stores, type UnitOfWork } from './ports.js';

export interface InquiryTools {
  readonly antom: PaymentInquiries;
  readonly clock: Clock;
}

/** Asks Antom once about a leased payment, outside any transaction, and keeps what it answered unless somebody else holds the lease by then. */
export async function askAntom(
  unitOfWork: UnitOfWork,
  { antom, clock }: InquiryTools,
  lease: InquiryLease,
): Promise<void> {
  const { id, paymentIds } = lease;
  const [answer, ...others] = await Promise.all([
    antom.inquire(id),
    ...paymentIds.map(async (paymentId): Promise<Answered> => ({
      paymentId,
      answer: await antom.inquire(id, paymentId),
    })),
  ]);
  const now = clock.now();
  await unitOfWork.run(async (stores) => {
    const payment = await stores.payments.lock(id);
    const plan = await stores.inquiries.held(lease);
    const { watch } = payment;
    if (watch === null || plan === undefined) return;
    const answers = [answer, ...others.map((other) => other.answer)];
    const asked = { lease, plan, answer, watch, now };
    const moving = answers.filter(({ kind }) => kind === 'news' || kind === 'cancelled');
    await applyAnswers(stores, id, moving, now);
    const openSince = await closeQuestions(stores, { id, watch, now }, [{ answer }, ...others]);
    if (moving.length === 0) return goOn(stores, payment, { ...asked, openSince });
    const changed = await stores.inquiries.find(id);
    if (changed !== undefined)
      await goOn(stores, await stores.payments.lock(id), { ...asked, plan: changed, openSince });
  });
}

async function applyAnswers(stores: Stores, id: string, answers: readonly InquiryAnswer[], now: Date): Promise<void> {
  for (const answer of answers) {
    if (answer.kind === 'news') await applyNews(stores, answer.news, now);
    if (answer.kind === 'cancelled') await applyNews(stores, { kind: 'cancelled', paymentRequestId: id }, now);
    if ('refunds' in answer) for (const refund of answer.refunds) await applyRefundNews(stores, refund, now);
  }
}

interface Asked {
  readonly lease: InquiryLease;
  /** As it stands now. */
  readonly plan: InquiryPlan;
  readonly answer: InquiryAnswer;
  readonly watch: Watch;
  readonly now: Date;
  /** Since when the youngest question is open that is not answered yet. */
  readonly openSince: Date | undefined;
}

async function goOn(stores: Stores, payment: WatchedPayment, asked: Asked): Promise<void> {
  const { answer, watch, now, openSince } = asked;
  if (openSince === undefined) {
    if (isEnough(payment, asked)) return stores.inquiries.end(payment.paymentRequestId);
    if (now >= watch.endsAt && endsAttempt(answer)) return expire(stores, payment, watch);
  }
  if (answer.kind === 'unknown' && answer.retryAfterMs !== undefined)
    return stores.inquiries.goOn(asked.lease, postponed(asked.plan, now, answer.retryAfterMs));
  const endsAt = openSince !== undefined && openSince > watch.endsAt ? openSince : watch.endsAt;
  const next = nextPlan(asked.plan, asked.lease.plan, endsAt, now);
  if (next !== undefined) return stores.inquiries.goOn(asked.lease, next);
  await giveUp(stores, payment, watch, answer);
}

/** Money is all there is to know; and of what is over nothing more is to be known, unless somebody is in a hurry. */
function isEnough({ status }: WatchedPayment, { answer, plan, lease, now }: Asked): boolean {
  if (answer.kind === 'news' && answer.news.kind === 'succeeded') return true;
  const inHurry = plan.hurries > lease.plan.hurries || (plan.hurryUntil !== null && plan.hurryUntil > now);
  return isOver(status) && !(inHurry && answer.kind === 'unknown');
}

async function expire(stores: Stores, payment: WatchedPayment, watch: Watch): Promise<void> {
  const { paymentRequestId } = payment;
  const outcome = applyVerdict(payment, 'expired');
  await stores.inquiries.end(paymentRequestId);
  if (outcome.kind !== 'moved') return;
  await stores.payments.save(outcome.thing);
  await stores.say(endEvent('PaymentExpired', watch, paymentRequestId), watch.announcedBy);
}

async function giveUp(
  stores: Stores,
  { paymentRequestId, status }: WatchedPayment,
  watch: Watch,
  answer: InquiryAnswer,
): Promise<void> {
  await stores.inquiries.end(paymentRequestId);
  if (isOver(status)) return;
  if (!(await stores.outcomes.claim({ paymentRequestId, paymentId: '', verdict: 'no-answer' }))) return;
  const evidence = { lastAnswer: inOneWord(answer), endedAt: watch.endsAt.toISOString(), believed: status };
  await stores.say(noAnswerEvent(watch, paymentRequestId, evidence), watch.announcedBy);
}
