import { type Life } from '@kasir/kernel';

export type PaymentStatus =
  'expected' | 'watched' | 'pending' | 'failed' | 'expired' | 'under_review' | 'cancelled' | 'succeeded' | 'returned';

/**
 * Every transition of a watched payment. `expected` is one that Antom reported before payment-session did; `under_review`
 * one whose money pays nothing by itself. A verified success beats everything but a cancel that Antom has answered with a
 * success; `expired` ends an attempt, failed tries or not.
 */
export const paymentTransitions = {
  announce: { from: ['expected'], to: 'watched' },
  pend: { from: ['watched', 'failed'], to: 'pending' },
  fail: { from: ['watched', 'pending'], to: 'failed' },
  expire: { from: ['watched', 'pending', 'failed'], to: 'expired' },
  cancel: { from: ['watched', 'pending', 'failed', 'expired', 'under_review'], to: 'cancelled' },
  review: { from: ['watched', 'pending', 'failed', 'expired'], to: 'under_review' },
  succeed: { from: ['watched', 'pending', 'failed', 'expired', 'under_review'], to: 'succeeded' },
  return: { from: ['succeeded', 'under_review'], to: 'returned' },
} as const satisfies Life<string, PaymentStatus>;

export type PaymentTransition = keyof typeof paymentTransitions;

const over: ReadonlySet<PaymentStatus> = new Set(['expired', 'cancelled', 'succeeded', 'returned']);

/** Whether nothing is left to be waited for: only an update that nothing announces can still move it. */
export const isOver = (status: PaymentStatus): boolean => over.has(status);
