import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';
import { type Payment } from './payment.js';

export type RefundStatus = 'new' | 'started' | 'rejected' | 'failed' | 'succeeded';

/** What other services told of a refund. Money that went back has the last word. */
export const refundLife = {
  start: { from: ['new'], to: 'started' },
  reject: { from: ['new'], to: 'rejected' },
  fail: { from: ['new', 'started'], to: 'failed' },
  succeed: { from: ['new', 'started', 'rejected', 'failed'], to: 'succeeded' },
} as const satisfies Life<string, RefundStatus>;

export type RefundStep = keyof typeof refundLife;

/** How money came back to the buyer without a refund of ours. */
export interface Returned {
  readonly cause: 'refund' | 'cancel' | 'dispute';
  readonly evidence: Readonly<Record<string, string>>;
}

/** Money that is to go back to the buyer, or went back. */
export interface Refund {
  /** Of the refund, of the return, or of the transfer outside. */
  readonly id: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly status: RefundStatus;
  readonly origin: 'requested' | 'unasked' | 'outside';
  /** Null where it was rejected: nobody said. */
  readonly paymentId: string | null;
  readonly amount: Money | null;
  /** When the money went back. ISO 8601 */
  readonly at: string | null;
  /** The case that a person resolved by it. */
  readonly caseId: string | null;
  readonly returned: Returned | null;
}

/** Money that went back. */
export type MoneyBack = Refund & Payment & { readonly amount: Money; readonly at: string };

export const wentBack = (refund: Refund): refund is MoneyBack => refund.status === 'succeeded';

export const newRefund = {
  status: 'new',
  origin: 'requested',
  paymentId: null,
  amount: null,
  at: null,
  caseId: null,
  returned: null,
} as const;

export const advanceRefund = (refund: Refund, step: RefundStep): Outcome<Refund> =>
  follow<RefundStep, RefundStatus, Refund>(refundLife, step, refund);
