import { type Life } from '@kasir/kernel';

export type RefundStatus = 'expected' | 'watched' | 'under_review' | 'failed' | 'succeeded';

/** Every transition of a watched refund. `expected` is one that Antom reported before payment-session did. */
export const refundTransitions = {
  announce: { from: ['expected'], to: 'watched' },
  review: { from: ['watched'], to: 'under_review' },
  fail: { from: ['watched'], to: 'failed' },
  succeed: { from: ['watched', 'failed', 'under_review'], to: 'succeeded' },
} as const satisfies Life<string, RefundStatus>;

export type RefundTransition = keyof typeof refundTransitions;
