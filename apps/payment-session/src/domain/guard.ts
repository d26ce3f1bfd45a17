import { type OrderFacts } from '@kasir/contracts';
import { sameMoney } from '@kasir/kernel';
import { type Attempt, isLiving } from './attempt.js';

export interface Refusal {
  readonly code: 'order_paid' | 'order_amount_changed' | 'attempt_in_progress' | 'order_expired' | 'too_late';
  readonly message: string;
  readonly livingPaymentSessionId?: string;
}

interface Request {
  readonly order: OrderFacts;
  readonly notAfter: Date;
}

type EarlierAttempt = Pick<Attempt, 'paymentSessionId' | 'status' | 'order'>;

/** Why no new attempt may start for an order, or undefined when one may. */
export function refusal(
  earlier: readonly EarlierAttempt[],
  { order, notAfter }: Request,
  now: Date,
): Refusal | undefined {
  if (earlier.some(({ status }) => status === 'succeeded')) return { code: 'order_paid', message: 'the order is paid' };
  if (earlier.some((attempt) => !sameMoney(attempt.order.amount, order.amount)))
    return {
      code: 'order_amount_changed',
      message: 'the order was opened with another amount; a new price is a new order id',
    };
  const living = earlier.find(isLiving);
  if (living !== undefined)
    return {
      code: 'attempt_in_progress',
      message: 'another payment session of the order can still succeed',
      livingPaymentSessionId: living.paymentSessionId,
    };
  if (new Date(order.expiresAt) <= now)
    return { code: 'order_expired', message: `the order expired at ${order.expiresAt}` };
  if (notAfter <= now) return { code: 'too_late', message: 'the buyer has stopped waiting; ask again' };
  return undefined;
}
