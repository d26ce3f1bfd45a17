import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { publishAnswer } from './answer-cancel.js';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { attemptIn, takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { scheduleCancel } from './schedule-cancel.js';

type Request = DataOf<SessionRequestEvent, 'PaymentCancelRequested'>;

const givenUp = { code: 'cancelled', message: 'the payment session was given up before it was opened' };

/** A payment session is given up. Before the buyer has its session, Antom need not be called. */
export async function requestCancel(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const { orderId, paymentSessionId } = request;
  const attempt = attemptIn(await takeOrder(stores, orderId), paymentSessionId);
  if (attempt === undefined) {
    const unknown = { answer: 'refused', code: 'attempt_unknown', message: 'no attempt was started' } as const;
    return publishAnswer(stores, { orderId, paymentSessionId }, 'requested', unknown);
  }
  if (attempt.status === 'waiting') return rejectAttempt(stores, attempt, givenUp);
  if (attempt.status === 'started') return abandonAttempt(stores, attempt, givenUp);
  await scheduleCancel(stores, tools, attempt, 'requested');
}
