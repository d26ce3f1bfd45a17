import { type Life } from '@kasir/kernel';

export type WatchStatus =
  'expected' | 'watched' | 'rejected' | 'pending' | 'failed' | 'expired' | 'mismatched' | 'cancelled' | 'succeeded';

/**
 * Every arrow in what we believe of an attempt. `expected` is one that Antom spoke of before payment-session did;
 * `rejected` one whose session never came to be, unless Antom speaks of it after all. A verified success beats
 * everything but a cancel that Antom has answered with a success; `expired` ends an attempt, failed tries or not.
 */
export const watchLife = {
  watch: { from: ['expected'], to: 'watched' },
  reject: { from: ['watched'], to: 'rejected' },
  pend: { from: ['watched', 'rejected'], to: 'pending' },
  fail: { from: ['watched', 'rejected', 'pending'], to: 'failed' },
  expire: { from: ['watched', 'rejected', 'pending', 'failed'], to: 'expired' },
  mismatch: { from: ['watched', 'rejected', 'pending', 'failed', 'expired'], to: 'mismatched' },
  cancel: { from: ['watched', 'rejected', 'pending', 'failed', 'expired', 'mismatched'], to: 'cancelled' },
  succeed: { from: ['watched', 'rejected', 'pending', 'failed', 'expired', 'mismatched'], to: 'succeeded' },
} as const satisfies Life<string, WatchStatus>;

export type WatchStep = keyof typeof watchLife;

/** What news means for an attempt, or its end. */
export type Verdict = 'rejected' | 'pending' | 'failed' | 'expired' | 'mismatched' | 'cancelled' | 'succeeded';

export const stepOf = {
  rejected: 'reject',
  pending: 'pend',
  failed: 'fail',
  expired: 'expire',
  mismatched: 'mismatch',
  cancelled: 'cancel',
  succeeded: 'succeed',
} as const satisfies Record<Verdict, WatchStep>;

const over: ReadonlySet<WatchStatus> = new Set(['rejected', 'expired', 'cancelled', 'succeeded']);

/** Whether nothing is left to be waited for: only a word that nobody expects can still move it. */
export const isOver = (status: WatchStatus): boolean => over.has(status);
