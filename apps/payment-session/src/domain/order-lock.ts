import { type LifeTable, type Outcome, walk } from '@kasir/kernel';

export type LockStatus =
  | 'open'
  /** Money of another amount came: a person looks first, and may let it go on. */
  | 'under-review'
  | 'sealed'
  | 'paid';

const arrows = {
  review: { from: ['open'], to: 'under-review' },
  clear: { from: ['under-review'], to: 'open' },
  seal: { from: ['open', 'under-review'], to: 'sealed' },
  pay: { from: ['open', 'under-review', 'sealed'], to: 'paid' },
} as const;

export type LockStep = keyof typeof arrows;

/** The lock of an order: whether it takes new attempts. */
export const lockLife: LifeTable<LockStep, LockStatus> = {
  first: ['open'],
  arrows,
  why: {
    open: 'nothing has happened',
    'under-review': 'a person has to look at it',
    sealed: 'it takes no new attempt any more',
    paid: 'it is paid',
  },
};

export interface OrderLock {
  readonly orderId: string;
  readonly status: LockStatus;
  /** When it is sealed by itself; unknown before its first attempt. */
  readonly sealsAt?: Date;
  /** When it was told that, after the seal, each of its attempts had ended without money. */
  readonly drainedAt?: Date;
}

export const advanceLock = (lock: OrderLock, step: LockStep): Outcome<OrderLock> =>
  walk<LockStep, LockStatus, OrderLock>(lockLife, step, lock);

/** A later token of the same order may give it more time; none takes time away. */
export const sealingAt = (lock: OrderLock, expiresAt: Date): OrderLock => ({
  ...lock,
  sealsAt: lock.sealsAt !== undefined && lock.sealsAt > expiresAt ? lock.sealsAt : expiresAt,
});
