import { advance, type Attempt, isCancellable } from '../domain/attempt.js';
import {
  advanceCancel,
  type CancelEnd,
  type CancelJob,
  mostCancelTries,
  nextCancelAt,
  stepTo,
} from '../domain/cancel.js';
import { inProgressRefusal } from '../domain/guard.js';
import { maySupersede } from '../domain/second-attempt.js';
import { beginWaiting } from './begin-attempt.js';
import { rejectAttempt } from './end-attempt.js';
import { attemptIn, type OrderInHand, takeOrder, waitingIn } from './order-in-hand.js';
import { type CancelLease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type NoAnswer, type PaymentProvider } from './provider.js';
import { answerOf, noCancel, sayAnswer } from './want-cancel.js';

/** One round with Antom for a leased wish: how the payment stands, and then the cancel, unless it is paid or has none. */
export async function askToCancel(unitOfWork: UnitOfWork, tools: Tools, lease: CancelLease): Promise<void> {
  const answer = isCancellable(lease.attempt) ? await ask(tools.provider, lease.attempt) : undefined;
  await unitOfWork.run(lease.causedBy, async (stores) => {
    const order = await takeOrder(stores, lease.thing.orderId);
    const job = await stores.cancels.leased(lease);
    const attempt = attemptIn(order, lease.thing.paymentSessionId);
    if (job === undefined || attempt === undefined) return;
    const now = tools.clock.now();
    const end = answer === undefined ? { ...answerOf(attempt), unused: false } : endOf(answer, lease, now);
    if (end === undefined) return askAgain(stores, lease, answer as NoAnswer, now);
    await conclude(stores, tools, order, { job, attempt, end });
  });
}

async function ask(provider: PaymentProvider, attempt: Attempt): Promise<CancelEnd | NoAnswer> {
  const { paymentSessionId: paymentRequestId, bankChoice, amount } = attempt;
  const payment = await provider.inquire(paymentRequestId);
  if (payment.kind === 'unknown') return payment;
  const unused = payment.kind === 'not-found';
  if (!unused && payment.status === 'succeeded')
    return { answer: 'refused', code: 'payment_succeeded', message: 'Antom says that it is paid', unused };
  if (!unused && payment.status === 'cancelled')
    return { answer: 'cancelled', code: 'CANCELLED', message: 'Antom says that it is cancelled', unused };
  if (provider.canCancel(bankChoice, amount.currency) === 'no') return { answer: 'impossible', ...noCancel, unused };
  const answer = await provider.cancel(paymentRequestId);
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'cancelled')
    return { answer: 'cancelled', code: 'SUCCESS', message: 'Antom has cancelled it', unused };
  const { code, message, noSuchPayment } = answer;
  return { answer: 'refused', code, message, unused: unused && noSuchPayment };
}

/** Undefined while asking again may help. */
function endOf(answer: CancelEnd | NoAnswer, { tries, attempt }: CancelLease, now: Date): CancelEnd | undefined {
  if ('answer' in answer) return answer;
  const enough = answer.sent !== false && tries >= mostCancelTries;
  if (!enough && now < attempt.endsAt) return undefined;
  return { answer: 'unanswered', code: 'no_answer', message: answer.reason, unused: false };
}

const askAgain = (stores: Stores, lease: CancelLease, { sent, retryAfterMs }: NoAnswer, now: Date): Promise<void> => {
  const at = retryAfterMs === undefined ? nextCancelAt(now, lease.tries) : new Date(now.getTime() + retryAfterMs);
  return stores.cancels.tryAgainAt(lease, at, sent !== false);
};

interface Concluded {
  readonly job: CancelJob;
  readonly attempt: Attempt;
  readonly end: CancelEnd;
}

async function conclude(stores: Stores, tools: Tools, order: OrderInHand, concluded: Concluded): Promise<void> {
  const { job, attempt, end } = concluded;
  const moved = advanceCancel(job, stepTo[end.answer]);
  if (moved.kind !== 'moved') return;
  await stores.cancels.finish(moved.thing);
  if (end.answer === 'cancelled' && !attempt.stopped) await stores.attempts.save({ ...attempt, stopped: true });
  await sayAnswer(stores, job, end);
  if (attempt.status === 'created') await settleWaiting(stores, tools, order, concluded);
}

/** What the answer means for the attempt that wants to take its place. */
async function settleWaiting(
  stores: Stores,
  { clock, secondAttempt }: Tools,
  order: OrderInHand,
  { attempt, end }: Concluded,
): Promise<void> {
  const waiting = waitingIn(order);
  if (waiting === undefined) return;
  if (end.answer === 'cancelled') return beginWaiting(stores, order, waiting, clock.now());
  const open = end.answer === 'refused' || end.answer === 'impossible';
  const superseded = advance(attempt, 'supersede');
  if (
    !open ||
    !maySupersede(secondAttempt, attempt.bankChoice, end.unused && !attempt.used) ||
    superseded.kind !== 'moved'
  )
    return rejectAttempt(stores, waiting, inProgressRefusal(attempt.paymentSessionId));
  await stores.attempts.save(superseded.thing);
  await beginWaiting(stores, order, waiting, clock.now());
}
