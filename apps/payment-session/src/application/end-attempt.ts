import { type DataOf, type PaymentSessionEvent, type FieldError } from '@kasir/contracts';
import { advance, type Attempt } from '../domain/attempt.js';
import { factsOf } from './attempt-facts.js';
import { type Stores } from './ports.js';

type Rejection = DataOf<PaymentSessionEvent, 'PaymentSessionRejected'>;

interface Why {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
  readonly livingPaymentSessionId?: string;
  readonly watch?: Rejection['watch'];
}

/** Tells that there will be no session, and why. */
export async function publishRejected(
  stores: Stores,
  { orderId, paymentSessionId }: Pick<Attempt, 'orderId' | 'paymentSessionId'>,
  stage: Rejection['stage'],
  { code, message, errors, livingPaymentSessionId, watch }: Why,
): Promise<void> {
  await stores.say({
    type: 'PaymentSessionRejected',
    identity: paymentSessionId,
    data: {
      ...{ orderId, paymentSessionId, stage, code, message },
      ...(errors === undefined ? {} : { errors: [...errors] }),
      ...(livingPaymentSessionId === undefined ? {} : { livingPaymentSessionId }),
      ...(watch === undefined ? {} : { watch }),
    },
  });
}

/** The attempt policy, or Antom, grants no session. */
export async function rejectAttempt(stores: Stores, attempt: Attempt, why: Why): Promise<void> {
  const moved = advance(attempt, 'reject');
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  if (attempt.status === 'waiting') return publishRejected(stores, attempt, 'policy', why);
  await publishRejected(stores, attempt, 'provider', { ...why, watch: factsOf(attempt) });
}

/** Gives up an attempt whose session the buyer does not have: a call under way can't publish it any more. */
export async function abandonAttempt(stores: Stores, attempt: Attempt, why: Why): Promise<void> {
  const moved = advance(attempt, 'abandon');
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  await publishRejected(stores, attempt, 'abandoned', { ...why, watch: factsOf(attempt) });
}
