import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { sayAnswer, wantCancel } from './want-cancel.js';

type Request = DataOf<SessionRequestEvent, 'PaymentCancelRequested'>;

const givenUp = { code: 'cancelled', message: 'the payment session was given up before it was opened' };

/** Somebody gives a payment session up. Before its session is known to anybody, nobody has to be called. */
export async function requestCancel(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const { orderId, paymentSessionId } = request;
  const attempt = attemptIn(await takeOrder(stores, orderId), paymentSessionId);
  if (attempt === undefined) {
    const unknown = { answer: 'refused', code: 'attempt_unknown', message: 'no attempt was started' } as const;
    return sayAnswer(stores, { orderId, paymentSessionId, cause: 'requested' }, unknown);
  }
  if (attempt.status === 'waiting') return rejectAttempt(stores, attempt, givenUp);
  if (attempt.status === 'started') return abandonAttempt(stores, attempt, givenUp);
  await wantCancel(stores, tools, attempt, 'requested');
}
