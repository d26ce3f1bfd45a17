import { type Attempt, isCancellable } from '../domain/attempt.js';
import { type CancelEnd, mostCancelRounds, nextCancelAt } from '../domain/cancel.js';
import { noCancel, publishAnswer, withoutAsking } from './answer-cancel.js';
import { takeOrder } from './order-in-hand.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type NoAnswer, type PaymentProvider } from './provider.js';
import { settleWaiting } from './settle-waiting.js';

/** One round with Antom for a leased cancel: how the payment stands, and then the cancel, unless it is paid or has none. */
export async function askToCancel(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Attempt>): Promise<void> {
  const answer = isCancellable(lease.thing) ? await ask(tools.provider, lease.thing) : undefined;
  await unitOfWork.run(lease.causedBy, async (stores) => {
    const order = await takeOrder(stores, lease.thing.orderId);
    const attempt = await stores.cancels.leased(lease);
    if (attempt?.cancel === undefined) return;
    const now = tools.clock.now();
    const end = answer === undefined ? { ...withoutAsking(attempt), unused: false } : endOf(answer, lease, now);
    if (end === undefined) return askAgain(stores, lease, answer as NoAnswer, now);
    const answered = { ...attempt, cancel: { ...attempt.cancel, answer: end.answer } };
    await stores.attempts.save(answered);
    await publishAnswer(stores, attempt, attempt.cancel.cause, end);
    if (attempt.status === 'created') await settleWaiting(stores, tools, order, answered, end);
  });
}

async function ask(provider: PaymentProvider, attempt: Attempt): Promise<CancelEnd | NoAnswer> {
  const { paymentSessionId, bankChoice, amount } = attempt;
  const payment = await provider.inquire(paymentSessionId);
  if (payment.kind === 'unknown') return payment;
  const unused = payment.kind === 'not-found';
  if (!unused && payment.status === 'succeeded')
    return { answer: 'refused', code: 'payment_succeeded', message: 'Antom says that it is paid', unused };
  if (!unused && payment.status === 'cancelled')
    return { answer: 'cancelled', code: 'CANCELLED', message: 'Antom says that it is cancelled', unused };
  if (provider.canCancel(bankChoice, amount.currency) === 'no') return { answer: 'impossible', ...noCancel, unused };
  const answer = await provider.cancel(paymentSessionId);
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'cancelled')
    return { answer: 'cancelled', code: 'SUCCESS', message: 'Antom has cancelled it', unused };
  const { code, message, noSuchPayment } = answer;
  return { answer: 'refused', code, message, unused: unused && noSuchPayment };
}

/** Undefined while asking again may help. */
function endOf(answer: CancelEnd | NoAnswer, { tries, thing }: Lease<Attempt>, now: Date): CancelEnd | undefined {
  if ('answer' in answer) return answer;
  const enough = answer.sent !== false && tries >= mostCancelRounds;
  if (!enough && now < thing.endsAt) return undefined;
  return { answer: 'unanswered', code: 'no_answer', message: answer.reason, unused: false };
}

function askAgain(stores: Stores, lease: Lease<Attempt>, { sent, retryAfterMs }: NoAnswer, now: Date): Promise<void> {
  const at = retryAfterMs === undefined ? nextCancelAt(now, lease.tries) : new Date(now.getTime() + retryAfterMs);
  return stores.cancels.tryAgainAt(lease, at, sent !== false);
}
