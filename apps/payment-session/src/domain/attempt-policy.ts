import { type OrderFacts, type FieldError } from '@kasir/contracts';
import { sameMoney } from '@kasir/kernel';
import { type Attempt, isLeaving, isLiving, isSameChoice } from './attempt.js';
import { type OrderLock } from './order-lock.js';
import { shortestSessionMs } from './times.js';

export interface Refusal {
  readonly code:
    | 'order_paid'
    | 'order_closed'
    | 'money_under_review'
    | 'order_amount_changed'
    | 'session_lives'
    | 'attempt_in_progress'
    | 'order_expired'
    | 'order_expires_too_soon'
    | 'too_late';
  readonly message: string;
  /** The fields of the request that are the reason. */
  readonly errors?: readonly FieldError[];
  readonly livingPaymentSessionId?: string;
}

/** What is asked for: an attempt that is not there yet. */
export type NewAttempt = Pick<Attempt, 'order' | 'amount' | 'bankChoice' | 'notAfter'>;

export type Verdict =
  | { readonly kind: 'start' }
  /** The buyer does not have its session yet: it is given up, and the new one starts. */
  | { readonly kind: 'replace'; readonly living: Attempt }
  /** The new one waits until it is clear whether the living one can be stopped. */
  | { readonly kind: 'wait'; readonly living: Attempt }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

const refuse = (code: Refusal['code'], message: string, living?: Attempt): Verdict => ({
  kind: 'refuse',
  refusal: { code, message, ...(living === undefined ? {} : { livingPaymentSessionId: living.paymentSessionId }) },
});

export interface Situation {
  readonly lock: OrderLock;
  readonly earlier: readonly Attempt[];
}

/** What becomes of the request for a session, as things stand. */
export function judge({ lock, earlier }: Situation, asked: NewAttempt, now: Date): Verdict {
  const shut = shutFor(lock) ?? amountChanged(earlier, asked);
  if (shut !== undefined) return { kind: 'refuse', refusal: shut };
  const living = earlier.find(isLiving);
  const same = living !== undefined && isSameChoice(living, asked);
  if (same && !isLeaving(living) && living.status === 'created' && living.sessionExpiresAt > now)
    return refuse('session_lives', 'the buyer has a session for this choice already', living);
  const late = tooLate(asked, now);
  if (late !== undefined) return { kind: 'refuse', refusal: late };
  if (living === undefined) return { kind: 'start' };
  if (living.status === 'started') return same ? inProgress(living) : { kind: 'replace', living };
  return earlier.some(({ status }) => status === 'waiting') ? inProgress(living) : { kind: 'wait', living };
}

/** The one answer where Antom could not stop the living session and the merchant wants no second one beside it. */
export const inProgressRefusal = (livingPaymentSessionId: string): Refusal => ({
  code: 'attempt_in_progress',
  message: 'another payment session of the order can still succeed',
  livingPaymentSessionId,
});

const inProgress = ({ paymentSessionId }: Attempt): Verdict => ({
  kind: 'refuse',
  refusal: inProgressRefusal(paymentSessionId),
});

/** Why an order takes no attempt whatever the buyer chooses, or undefined where it does. */
export function shutFor({ status, underReview }: OrderLock): Refusal | undefined {
  if (status === 'paid') return { code: 'order_paid', message: 'the order is paid' };
  if (status === 'sealed') return { code: 'order_closed', message: 'the order takes no payment any more' };
  if (underReview > 0)
    return {
      code: 'money_under_review',
      message: 'money came for the order that pays nothing: a person decides whether it goes on',
    };
  return undefined;
}

function amountChanged(earlier: readonly Attempt[], { order }: NewAttempt): Refusal | undefined {
  if (earlier.every((attempt) => sameMoney(attempt.order.amount, order.amount))) return undefined;
  const message = 'the order was opened with another amount; a new price is a new order id';
  return { code: 'order_amount_changed', message, errors: [{ field: 'order.amount', message }] };
}

/** Why a request comes too late, or undefined where it does not. */
export function tooLate({ order, notAfter }: { order: OrderFacts; notAfter: Date }, now: Date): Refusal | undefined {
  const left = new Date(order.expiresAt).getTime() - now.getTime();
  if (left <= 0) return ofExpiresAt('order_expired', `the order expired at ${order.expiresAt}`);
  if (left < shortestSessionMs)
    return ofExpiresAt(
      'order_expires_too_soon',
      `the order expires at ${order.expiresAt}: leave the buyer a minute at least, or open a new order`,
    );
  if (notAfter <= now) return { code: 'too_late', message: 'the buyer has stopped waiting; ask again' };
  return undefined;
}

const ofExpiresAt = (code: Refusal['code'], message: string): Refusal => ({
  code,
  message,
  errors: [{ field: 'order.expiresAt', message }],
});
