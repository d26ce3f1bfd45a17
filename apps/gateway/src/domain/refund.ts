import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';

export type RefundStatus = 'requested' | 'started' | 'rejected' | 'succeeded' | 'failed';
export type RefundStep = 'start' | 'reject' | 'succeed' | 'fail';

/** A refund as the merchant sees it. Two topics tell its story; that money went back beats whatever was known before. */
export const refundLife: Life<RefundStep, RefundStatus> = {
  start: { from: ['requested'], to: 'started' },
  reject: { from: ['requested'], to: 'rejected' },
  fail: { from: ['requested', 'started'], to: 'failed' },
  succeed: { from: ['requested', 'started', 'rejected', 'failed'], to: 'succeeded' },
};

/** What kept a refund from giving money back. */
export interface Obstacle {
  readonly code: string;
  readonly message: string;
}

export interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  /** Antom's id of the payment; null where none was named and none is known yet. */
  readonly paymentId: string | null;
  readonly amount: Money;
  readonly reason: string;
  /** The name of the merchant's key that asked; null where nobody asked here. */
  readonly requestedBy: string | null;
  readonly status: RefundStatus;
  readonly obstacle: Obstacle | null;
  readonly refundedAt: Date | null;
  readonly createdAt: Date;
}

type Facts = Partial<Pick<Refund, 'paymentId' | 'obstacle' | 'refundedAt'>>;

/** Follows a step and keeps its facts, unless the step is refused. */
export function advanceRefund(refund: Refund, step: RefundStep, facts: Facts = {}): Outcome<Refund> {
  const outcome = follow(refundLife, step, refund);
  return outcome.kind === 'moved' ? { ...outcome, thing: { ...outcome.thing, ...facts } } : outcome;
}

/** Whether the caller who asked for the refund can be told that it is under way, or why it is not. */
export const isRefundAnswered = ({ status }: Refund): boolean => status !== 'requested';

/** Which payment of a session is meant: one that was named, else the first. Null where neither is known. */
export interface MeantPayment {
  readonly named: string | null;
  readonly first: string | null;
}

/** Those that are of one payment, among the refunds of its session. Where no payment is known, all of them are. */
export function refundsOf({ named, first }: MeantPayment, refunds: readonly Refund[]): readonly Refund[] {
  const meant = named ?? first;
  return meant === null ? refunds : refunds.filter(({ paymentId }) => (paymentId ?? first) === meant);
}

const free: readonly RefundStatus[] = ['rejected', 'failed'];

/** What is left of a payment after every refund that gave or may still give money back; "0" where nothing is. */
export function leftOf(payment: Money, refunds: readonly Refund[]): string {
  const living = refunds.filter(({ status, amount }) => !free.includes(status) && amount.currency === payment.currency);
  const left = living.reduce((rest, { amount }) => rest - BigInt(amount.value), BigInt(payment.value));
  return String(left > 0n ? left : 0n);
}
