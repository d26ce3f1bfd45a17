import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';
import { type Payment } from './payment.js';

export type RefundStatus = 'requested' | 'started' | 'rejected' | 'succeeded' | 'failed';
export type RefundTransition = 'start' | 'reject' | 'succeed' | 'fail';

/** A refund as the merchant sees it: that money went back beats whatever was known before. */
export const refundLife: Life<RefundTransition, RefundStatus> = {
  start: { from: ['requested'], to: 'started' },
  reject: { from: ['requested'], to: 'rejected' },
  fail: { from: ['requested', 'started'], to: 'failed' },
  succeed: { from: ['requested', 'started', 'rejected', 'failed'], to: 'succeeded' },
};

/** What kept a refund from giving money back. */
export type Obstacle = Pick<DataOf<PaymentSessionEvent, 'RefundRejected'>, 'code' | 'message' | 'errors'>;

/** Money that goes or went back to the buyer, by a refund of ours or without one. */
export interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  /** Antom's id of the payment; null where none was named and none is known yet. */
  readonly paymentId: string | null;
  readonly amount: Money;
  readonly reason: string;
  /** The name of the merchant's key that asked; null where it was not asked for here. */
  readonly requestedBy: string | null;
  /** What was asked for under this id, as a hash; null where it was not asked for here. */
  readonly fingerprint: string | null;
  readonly status: RefundStatus;
  readonly obstacle: Obstacle | null;
  readonly refundedAt: Date | null;
  readonly createdAt: Date;
}

type Known = Pick<Refund, 'id' | 'orderId' | 'paymentSessionId' | 'paymentId' | 'amount' | 'reason' | 'createdAt'>;

export const newRefund = (known: Known, asked: Pick<Refund, 'requestedBy' | 'fingerprint'> = notAsked): Refund => ({
  ...{ ...known, ...asked },
  ...{ status: 'requested', obstacle: null, refundedAt: null },
});

const notAsked = { requestedBy: null, fingerprint: null };

type Facts = Partial<Pick<Refund, 'paymentId' | 'obstacle' | 'refundedAt'>>;

/** Makes a transition and keeps its facts, unless it is repeated or refused. */
export function advanceRefund(refund: Refund, transition: RefundTransition, facts: Facts = {}): Outcome<Refund> {
  const outcome = follow(refundLife, transition, refund);
  return outcome.kind === 'moved' ? { ...outcome, thing: { ...outcome.thing, ...facts } } : outcome;
}

/** Whether the caller who asked for the refund can be told that it is under way, or why it is not. */
export const isRefundAnswered = ({ status }: Refund): boolean => status !== 'requested';

/** Those of one payment among the refunds of its session; one that names none is of the first. Where no payment is known, all are. */
export const refundsOf = (
  payment: string | null,
  first: string | null,
  refunds: readonly Refund[],
): readonly Refund[] =>
  payment === null ? refunds : refunds.filter(({ paymentId }) => (paymentId ?? first) === payment);

const free: readonly RefundStatus[] = ['rejected', 'failed'];

/** What is left of a payment after every refund that gave or may still give money back; "0" where nothing is. */
export function leftOf(payment: Money, refunds: readonly Refund[]): string {
  const living = refunds.filter(({ status, amount }) => !free.includes(status) && amount.currency === payment.currency);
  const left = living.reduce((rest, { amount }) => rest - BigInt(amount.value), BigInt(payment.value));
  return String(left > 0n ? left : 0n);
}

/** Whether all the money of a session went back to the buyer. */
export function isAllReturned(payments: readonly Payment[], refunds: readonly Refund[]): boolean {
  const done = refunds.filter(({ status }) => status === 'succeeded');
  const isReturned = ({ paymentId, amount }: Payment) => leftOf(amount, refundsOf(paymentId, null, done)) === '0';
  return payments.length > 0 && payments.every(isReturned);
}
