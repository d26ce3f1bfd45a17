import { type InquiryAnswer, inOneWord, refundsIn } from '../domain/inquiry-answer.js';
import { isOutOfPatience } from '../domain/inquiry-plan.js';
import { isAnswered, isOverdue, isPending, type PendingInquiry, withoutPending } from '../domain/pending-inquiry.js';
import { type Amount, inWords, isAllBack } from '../domain/returned.js';
import { type Watched, type WatchedPayment } from '../domain/watched-payment.js';
import { applyReturn } from './apply-return.js';
import { afterCancelEvent, attentionEvent } from './events.js';
import { type Stores } from './ports.js';

/** An answer, and the payment of Antom's that was asked about where it was one of them. */
export interface Answered {
  readonly paymentId?: string;
  readonly answer: InquiryAnswer;
}

/**
 * Closes what the answers have answered, and what was not answered for a week.
 * @param asked the payment as it stood when the inquiry was made: what became pending later was not asked about
 */
export async function closePending(
  stores: Stores,
  payment: Watched,
  asked: WatchedPayment,
  answers: readonly Answered[],
  now: Date,
): Promise<Watched> {
  let left = payment;
  for (const inquiry of payment.pendingInquiries) {
    const answer = isPending(asked, inquiry) ? answerTo(inquiry, answers) : undefined;
    if (answer !== undefined || isOutOfPatience(new Date(inquiry.since), now))
      left = await close(stores, withoutPending(left, inquiry), inquiry, { answer, now });
    else if (isOverdue(inquiry, now)) left = await tellOverdue(stores, left, inquiry);
  }
  return left;
}

const answerTo = (inquiry: PendingInquiry, answers: readonly Answered[]): InquiryAnswer | undefined =>
  answers.find(
    ({ paymentId, answer }) =>
      (paymentId ?? (answer.kind === 'update' ? answer.update.paymentId : undefined)) === inquiry.paymentId &&
      isAnswered(inquiry, answer),
  )?.answer;

async function tellOverdue(stores: Stores, payment: Watched, inquiry: PendingInquiry): Promise<Watched> {
  const event = attentionEvent(payment, 'waiting-for-inquiry', { reportedAt: inquiry.since }, inquiry.paymentId);
  await stores.publish(event, payment.watch.announcedBy);
  const others = withoutPending(payment, inquiry);
  return { ...others, pendingInquiries: [...others.pendingInquiries, { ...inquiry, overdue: true }] };
}

interface Found {
  /** Undefined where there was none for a week. */
  readonly answer: InquiryAnswer | undefined;
  readonly now: Date;
}

async function close(stores: Stores, payment: Watched, inquiry: PendingInquiry, found: Found): Promise<Watched> {
  const word = found.answer === undefined ? 'unanswered' : inOneWord(found.answer);
  const { kind } = inquiry;
  if (kind === 'after-cancel') return closeAfterCancel(stores, payment, inquiry, found);
  if (kind === 'cancel-started' && word === 'cancelled') await tellAfterCancel(stores, payment, inquiry, found);
  else if (word === 'unanswered')
    await tellOnce(stores, payment, inquiry, kind === 'contradiction' ? kind : 'no-answer', found);
  else if (word === 'failed' && kind !== 'old-webhook')
    await tellOnce(stores, payment, inquiry, 'contradiction', found);
  return payment;
}

/** A success that was published before is returned where Antom says again that it is cancelled. */
async function closeAfterCancel(
  stores: Stores,
  payment: Watched,
  inquiry: PendingInquiry,
  { answer, now }: Found,
): Promise<Watched> {
  const evidence = evidenceOf({ answer, now });
  const givenBack = givenBackIn(answer);
  const isAllBackAlready = isAllBack([payment.watch.amount], givenBack);
  if (payment.status === 'cancelled' || answer?.kind !== 'cancelled' || (givenBack.length > 0 && !isAllBackAlready)) {
    await stores.publish(afterCancelEvent(payment, inquiry, evidence), payment.watch.announcedBy);
    return payment;
  }
  if (isAllBackAlready) return payment;
  const { paymentId } = inquiry;
  const returned = {
    paymentId,
    returnId: `cancel-${paymentId}`,
    cause: 'cancel',
    amount: payment.watch.amount,
  } as const;
  return applyReturn(stores, payment, { ...returned, returnedAt: answer.at ?? now.toISOString(), evidence }, now);
}

/** The inquiry about a success after a cancel was started found it cancelled. */
async function tellAfterCancel(stores: Stores, payment: Watched, inquiry: PendingInquiry, found: Found): Promise<void> {
  const { paymentRequestId, watch } = payment;
  const { paymentId, paidAt } = inquiry;
  const claim = { paymentRequestId, paymentId, outcome: 'succeeded', paidAt, received: watch.amount } as const;
  if (await stores.outcomes.claim(claim))
    await stores.publish(afterCancelEvent(payment, inquiry, evidenceOf(found)), watch.announcedBy);
}

async function tellOnce(
  stores: Stores,
  payment: Watched,
  { paymentId, since }: PendingInquiry,
  outcome: 'no-answer' | 'contradiction',
  found: Found,
): Promise<void> {
  const { paymentRequestId, watch } = payment;
  if (!(await stores.outcomes.claim({ paymentRequestId, paymentId, outcome }))) return;
  const evidence = { ...evidenceOf(found), reportedAt: since };
  await stores.publish(attentionEvent(payment, outcome, evidence, paymentId), watch.announcedBy);
}

function evidenceOf({ answer, now }: Found): Record<string, string> {
  const givenBack = givenBackIn(answer).map(inWords).join(', ');
  return {
    ...{ inquiry: answer === undefined ? 'unanswered' : inOneWord(answer), askedAt: now.toISOString() },
    ...(givenBack === '' ? {} : { givenBack }),
  };
}

/** What went back of the payment by its history, which is applied beside this. */
const givenBackIn = (answer: InquiryAnswer | undefined): Amount[] =>
  refundsIn(answer).flatMap(({ kind, amount }) => (kind === 'succeeded' ? amount : []));
