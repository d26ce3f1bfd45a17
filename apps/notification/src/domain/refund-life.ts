import { type Life } from '@kasir/kernel';

export type RefundStatus = 'expected' | 'watched' | 'refused' | 'failed' | 'mismatched' | 'succeeded';

/**
 * Every arrow in what we believe of a refund. `expected` is one that Antom spoke of before payment-session did;
 * `refused` one that was called off in a hint or a notification, and is not failed before Antom has been asked.
 */
export const refundLife = {
  watch: { from: ['expected'], to: 'watched' },
  refuse: { from: ['watched'], to: 'refused' },
  fail: { from: ['watched', 'refused'], to: 'failed' },
  mismatch: { from: ['watched', 'refused', 'failed'], to: 'mismatched' },
  succeed: { from: ['watched', 'refused', 'failed', 'mismatched'], to: 'succeeded' },
} as const satisfies Life<string, RefundStatus>;

export type RefundStep = keyof typeof refundLife;
