import { type InquiryAnswer, inOneWord, refundsIn } from '../domain/inquiry-answer.js';
import { isOutOfPatience } from '../domain/inquiry-plan.js';
import { isAnswered, isOverdue, isPending, type PendingInquiry, withoutPending } from '../domain/pending-inquiry.js';
import { inWords } from '../domain/returned.js';
import { isWatched, type Watched, type WatchedPayment } from '../domain/watched-payment.js';
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
  for (const inquiry of payment.pending) {
    const answer = isPending(asked, inquiry) ? answerTo(inquiry, answers) : undefined;
    if (answer !== undefined || isOutOfPatience(new Date(inquiry.since), now))
      left = await close(stores, withoutPending(left, inquiry), inquiry, answer, now);
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
  const { paymentId, since } = inquiry;
  await stores.publish(
    attentionEvent(payment, 'waiting-for-inquiry', { successCameAt: since }, paymentId),
    payment.watch.announcedBy,
  );
  const pending = payment.pending.map((each) => (each === inquiry ? { ...each, overdue: true as const } : each));
  return { ...payment, pending };
}

async function close(
  stores: Stores,
  payment: Watched,
  inquiry: PendingInquiry,
  answer: InquiryAnswer | undefined,
  now: Date,
): Promise<Watched> {
  const found = answer === undefined ? 'unanswered' : inOneWord(answer);
  if (inquiry.kind === 'after-cancel') return closeAfterCancel(stores, payment, inquiry, answer, now);
  if (inquiry.kind === 'cancel-started' && found === 'cancelled')
    return tellAfterCancel(stores, payment, inquiry, answer, now);
  if (found === 'unanswered' && inquiry.kind !== 'contradiction')
    await tellOnce(stores, payment, inquiry, 'no-answer', { inquiry: found, reportedAt: inquiry.since });
  else if (found === 'unanswered' || (found === 'failed' && inquiry.kind !== 'old-webhook'))
    await tellOnce(stores, payment, inquiry, 'contradiction', { inquiry: found, askedAt: now.toISOString() });
  return payment;
}

/** A success that was published before is returned where Antom says again that it is cancelled. */
async function closeAfterCancel(
  stores: Stores,
  payment: Watched,
  inquiry: PendingInquiry,
  answer: InquiryAnswer | undefined,
  now: Date,
): Promise<Watched> {
  if (payment.status === 'cancelled' || answer?.kind !== 'cancelled') {
    await stores.publish(afterCancelEvent(payment, inquiry, evidenceOf(answer, now)), payment.watch.announcedBy);
    return payment;
  }
  if (refundsIn(answer).some(({ kind }) => kind === 'succeeded')) return payment;
  const { paymentId } = inquiry;
  const returned = {
    ...{ paymentId, returnId: `cancel-${paymentId}`, cause: 'cancel' as const, amount: payment.watch.amount },
    ...{ returnedAt: answer.at ?? now.toISOString(), evidence: evidenceOf(answer, now) },
  };
  const left = await applyReturn(stores, payment, returned, now);
  return isWatched(left) ? left : payment;
}

/** The inquiry about a success after a cancel was started found it cancelled. */
async function tellAfterCancel(
  stores: Stores,
  payment: Watched,
  inquiry: PendingInquiry,
  answer: InquiryAnswer | undefined,
  now: Date,
): Promise<Watched> {
  const { paymentRequestId, watch } = payment;
  const { paymentId, paidAt } = inquiry;
  const claim = { paymentRequestId, paymentId, outcome: 'succeeded', paidAt, received: watch.amount } as const;
  if (await stores.outcomes.claim(claim))
    await stores.publish(afterCancelEvent(payment, inquiry, evidenceOf(answer, now)), watch.announcedBy);
  return payment;
}

async function tellOnce(
  stores: Stores,
  payment: Watched,
  { paymentId }: PendingInquiry,
  kind: 'no-answer' | 'contradiction',
  evidence: Readonly<Record<string, string>>,
): Promise<void> {
  const { paymentRequestId, watch } = payment;
  if (await stores.outcomes.claim({ paymentRequestId, paymentId, outcome: kind }))
    await stores.publish(attentionEvent(payment, kind, evidence, paymentId), watch.announcedBy);
}

function evidenceOf(answer: InquiryAnswer | undefined, now: Date): Record<string, string> {
  const givenBack = refundsIn(answer).filter(({ kind }) => kind === 'succeeded');
  return {
    ...{ inquiry: answer === undefined ? 'unanswered' : inOneWord(answer), askedAt: now.toISOString() },
    ...(givenBack.length === 0 ? {} : { givenBack: givenBack.map(({ amount }) => inWords(amount)).join(', ') }),
  };
}
