import { type LifeTable, type Outcome, walk } from '@kasir/kernel';

export type LockStatus = 'open' | 'sealed' | 'paid';

const transitions = {
  seal: { from: ['open'], to: 'sealed' },
  pay: { from: ['open', 'sealed'], to: 'paid' },
  reopen: { from: ['paid'], to: 'open' },
} as const;

export type LockStep = keyof typeof transitions;

/** The lock of an order: whether it takes new attempts. */
export const lockLife: LifeTable<LockStep, LockStatus> = {
  first: ['open'],
  arrows: transitions,
  why: {
    open: 'it takes attempts',
    sealed: 'it takes no new attempt any more',
    paid: 'it is paid',
  },
};

export interface OrderLock {
  readonly orderId: string;
  readonly status: LockStatus;
  /** How many payments that pay nothing wait for the decision of a person: none of its attempts starts meanwhile. */
  readonly underReview: number;
  /** When it is sealed by itself; unknown before its first attempt. */
  readonly sealsAt?: Date;
  /** When it was told that, after the seal, each of its attempts had ended without money. */
  readonly drainedAt?: Date;
}

export const advanceLock = (lock: OrderLock, step: LockStep): Outcome<OrderLock> =>
  walk<LockStep, LockStatus, OrderLock>(lockLife, step, lock);

export const openLock = (orderId: string): OrderLock => ({ orderId, status: 'open', underReview: 0 });

/** One more payment waits for the decision of a person, or one less. */
export const reviewing = (lock: OrderLock, change: 1 | -1): OrderLock => ({
  ...lock,
  underReview: lock.underReview + change,
});

/** A later token of the same order may give it more time; none takes time away. */
export const sealingAt = (lock: OrderLock, expiresAt: Date): OrderLock => ({
  ...lock,
  sealsAt: lock.sealsAt !== undefined && lock.sealsAt > expiresAt ? lock.sealsAt : expiresAt,
});
