import { type Attempt, type AttemptStatus, isStopped } from '../domain/attempt.js';
import { type CancelCause, type CancelEnd } from '../domain/cancel.js';
import { type Stores } from './ports.js';

type Answer = Pick<CancelEnd, 'answer' | 'code' | 'message'>;

/** Publishes what came of a cancel, once for each time that it was asked for. */
export async function publishAnswer(
  stores: Stores,
  { orderId, paymentSessionId }: Pick<Attempt, 'orderId' | 'paymentSessionId'>,
  cause: CancelCause,
  { answer, code, message }: Answer,
): Promise<void> {
  await stores.say({
    type: 'CancelAnswered',
    identity: `${paymentSessionId}/${cause}/${stores.causedBy?.id ?? 'clock'}`,
    data: { orderId, paymentSessionId, answer, cause, code, message },
  });
}

export const noCancel = { code: 'method_not_cancellable', message: 'Antom has no cancel for this way of paying' };

const ends: Partial<Record<AttemptStatus, string>> = {
  succeeded: 'payment_succeeded',
  expired: 'attempt_expired',
  rejected: 'attempt_rejected',
  abandoned: 'attempt_abandoned',
};

/** The answer where an attempt needs no cancel any more. */
export function withoutAsking(attempt: Attempt): Answer {
  const { status } = attempt;
  if (isStopped(attempt) || status === 'cancelled')
    return { answer: 'cancelled', code: 'already_cancelled', message: 'the attempt was cancelled before' };
  return { answer: 'refused', code: ends[status] ?? 'attempt_not_cancellable', message: `the attempt is ${status}` };
}
