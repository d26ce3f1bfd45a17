import { type Attempt, type AttemptStatus, isCancellable } from '../domain/attempt.js';
import { advanceCancel, type CancelCause, type CancelEnd, type CancelJob } from '../domain/cancel.js';
import { type CausedBy, type Stores, type Tools } from './ports.js';

/** Says how a wish to cancel went, once per wish. */
export const sayAnswer = (
  stores: Stores,
  { orderId, paymentSessionId, cause }: Pick<CancelJob, 'orderId' | 'paymentSessionId' | 'cause'>,
  { answer, code, message }: Pick<CancelEnd, 'answer' | 'code' | 'message'>,
  causedBy: CausedBy = stores.causedBy,
): Promise<void> =>
  stores.say({
    type: 'CancelAnswered',
    identity: `${paymentSessionId}/${cause}/${causedBy?.id ?? 'clock'}`,
    data: { orderId, paymentSessionId, paymentRequestId: paymentSessionId, answer, cause, code, message },
  });

/** Wants an attempt cancelled, which is asked for later, outside any transaction. Only who requests it is told of repeats. */
export async function wantCancel(stores: Stores, tools: Tools, attempt: Attempt, cause: CancelCause): Promise<void> {
  const { orderId, paymentSessionId } = attempt;
  const wanted: CancelJob = { orderId, paymentSessionId, cause, status: 'wanted' };
  if (!isCancellable(attempt)) {
    if (cause === 'requested') await sayAnswer(stores, wanted, answerOf(attempt));
    return;
  }
  const earlier = await stores.cancels.of(paymentSessionId);
  if (earlier !== undefined && advanceCancel(earlier, 'wantAgain').kind !== 'moved') return;
  const impossible = tools.provider.canCancel(attempt.bankChoice, attempt.amount.currency) === 'no';
  // Whether the buyer has used the session decides about a second one: that only Antom knows.
  if (!impossible || cause === 'another-choice') return stores.cancels.put(wanted, tools.clock.now());
  if (earlier?.status === 'impossible' && cause !== 'requested') return;
  await stores.cancels.put({ ...wanted, status: 'impossible' }, undefined);
  await sayAnswer(stores, wanted, { answer: 'impossible', ...noCancel });
}

export const noCancel = { code: 'method_not_cancellable', message: 'Antom has no cancel for this way of paying' };

const ends: Partial<Record<AttemptStatus, string>> = {
  succeeded: 'payment_succeeded',
  expired: 'attempt_expired',
  rejected: 'attempt_rejected',
  abandoned: 'attempt_abandoned',
};

/** What there is to say of an attempt that nobody needs to cancel any more. */
export function answerOf({ status, stopped }: Attempt): Pick<CancelEnd, 'answer' | 'code' | 'message'> {
  if (stopped || status === 'cancelled')
    return { answer: 'cancelled', code: 'already_cancelled', message: 'the attempt was cancelled before' };
  return { answer: 'refused', code: ends[status] ?? 'attempt_not_cancellable', message: `the attempt is ${status}` };
}
