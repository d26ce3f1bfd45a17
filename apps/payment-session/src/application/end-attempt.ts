import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { advance, type Attempt } from '../domain/attempt.js';
import { factsOf } from './attempt-facts.js';
import { type Stores } from './ports.js';

type Rejection = DataOf<PaymentSessionEvent, 'PaymentSessionRejected'>;

interface Why {
  readonly code: string;
  readonly message: string;
  readonly livingPaymentSessionId?: string;
  readonly watch?: Rejection['watch'];
}

/** Says that there will be no session, and why. */
export const sayRejected = (
  stores: Stores,
  { orderId, paymentSessionId }: Pick<Attempt, 'orderId' | 'paymentSessionId'>,
  stage: Rejection['stage'],
  { code, message, livingPaymentSessionId, watch }: Why,
): Promise<void> =>
  stores.say({
    type: 'PaymentSessionRejected',
    identity: paymentSessionId,
    data: {
      ...{ orderId, paymentSessionId, stage, code, message },
      ...(livingPaymentSessionId === undefined ? {} : { livingPaymentSessionId }),
      ...(watch === undefined ? {} : { watch }),
    },
  });

/** The guard, or Antom, wants no session for the attempt. */
export async function rejectAttempt(stores: Stores, attempt: Attempt, why: Why): Promise<void> {
  const moved = advance(attempt, 'reject');
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  if (attempt.status === 'waiting') return sayRejected(stores, attempt, 'policy', why);
  await sayRejected(stores, attempt, 'provider', { ...why, watch: factsOf(attempt) });
}

/** Gives up an attempt whose session nobody has: a call under way can't publish it any more, so nobody can pay with it. */
export async function abandonAttempt(stores: Stores, attempt: Attempt, why: Why): Promise<void> {
  const moved = advance(attempt, 'abandon');
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  await sayRejected(stores, attempt, 'abandoned', { ...why, watch: factsOf(attempt) });
}
