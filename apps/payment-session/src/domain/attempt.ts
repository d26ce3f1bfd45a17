import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';

export type AttemptStatus = 'started' | 'created' | 'rejected' | 'abandoned' | 'expired' | 'succeeded';

/** Every arrow in an attempt's life. A verified success beats whatever we believed before. */
export const attemptLife = {
  create: { from: ['started'], to: 'created' },
  reject: { from: ['started'], to: 'rejected' },
  abandon: { from: ['started'], to: 'abandoned' },
  expire: { from: ['started', 'created', 'rejected', 'abandoned'], to: 'expired' },
  succeed: { from: ['started', 'created', 'rejected', 'abandoned', 'expired'], to: 'succeeded' },
} as const satisfies Life<string, AttemptStatus>;

export type AttemptStep = keyof typeof attemptLife;

/** The bytes that Antom is asked with, however often it is asked. */
export interface FrozenRequest {
  readonly path: string;
  readonly body: string;
}

export interface Attempt {
  /** Also Antom's `paymentRequestId`. */
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly order: OrderFacts;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly status: AttemptStatus;
  readonly request: FrozenRequest;
  /** The buyer waits no longer than this for the session. */
  readonly notAfter: Date;
  readonly sessionExpiresAt: Date;
  /** After this moment only an answered inquiry still decides. */
  readonly endsAt: Date;
}

export const advance = (attempt: Attempt, step: AttemptStep): Outcome<Attempt> =>
  follow<AttemptStep, AttemptStatus, Attempt>(attemptLife, step, attempt);

/** Whether an attempt may still bring money by itself. */
export const isLiving = ({ status }: Pick<Attempt, 'status'>): boolean => status === 'started' || status === 'created';
