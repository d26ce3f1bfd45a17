import { type FieldError } from '@kasir/contracts';
import { type LifeTable, type Money, type Outcome, walk } from '@kasir/kernel';
import { type FrozenRequest } from './attempt.js';
import { keptOf, type Payment } from './payment.js';

export type RefundStatus =
  /** Not admitted yet: its payment is not known. */
  | 'waiting'
  | 'rejected'
  /** Committed; Antom is asked, and payments.v1 tells how it ends. */
  | 'started'
  | 'succeeded'
  | 'failed';

const transitions = {
  start: { from: ['waiting'], to: 'started' },
  reject: { from: ['waiting'], to: 'rejected' },
  fail: { from: ['started'], to: 'failed' },
  succeed: { from: ['started', 'failed'], to: 'succeeded' },
} as const;

export type RefundStep = keyof typeof transitions;

/** Money that went back went back, whatever was said before. */
export const refundLife: LifeTable<RefundStep, RefundStatus> = {
  first: ['waiting'],
  arrows: transitions,
  why: {
    waiting: 'Antom has not been asked',
    rejected: 'Antom was not asked for it',
    started: 'only payments.v1 ends it',
    succeeded: 'the money went back',
    failed: 'no money went back; only a success is stronger',
  },
};

export interface Refund {
  readonly refundRequestId: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  /** Antom's id of the payment: the one that was named, else unknown until its success is known. */
  readonly paymentId?: string;
  readonly amount: Money;
  /** `case`: a person resolved a case by it. */
  readonly cause: 'requested' | 'case';
  readonly caseId?: string;
  readonly status: RefundStatus;
  /** What the last call brought; Antom is asked no more once it is known. It ends nothing. */
  readonly hint?: 'succeeded' | 'processing' | 'refused' | 'unanswered';
  readonly reason: string;
  readonly request?: FrozenRequest;
}

export const advanceRefund = (refund: Refund, step: RefundStep): Outcome<Refund> =>
  walk<RefundStep, RefundStatus, Refund>(refundLife, step, refund);

/** Whether there is something to do for it: its payment is awaited, or Antom is to be asked. */
export const isOpenRefund = ({ status, hint }: Pick<Refund, 'status' | 'hint'>): boolean =>
  status === 'waiting' || (status === 'started' && hint === undefined);

/** Those of one payment, among the refunds of its attempt. */
export const refundsOf = ({ paymentId }: Pick<Payment, 'paymentId'>, refunds: readonly Refund[]): readonly Refund[] =>
  refunds.filter((refund) => refund.paymentId === paymentId);

type Balance = Pick<Payment, 'received' | 'givenBack'>;
type Other = Pick<Refund, 'status' | 'amount'>;

/** What a refund may still take from a payment, in minor units; below zero where Antom gave back more than was asked. */
export const remainderOf = (payment: Balance, refunds: readonly Other[]): bigint =>
  refunds
    .filter(({ status, amount }) => status === 'started' && amount.currency === payment.received?.currency)
    .reduce((left, { amount }) => left - BigInt(amount.value), keptOf(payment));

export interface RefundProblem {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
}

/** Why so much can't be given back of a payment, or undefined where it can. */
export function refundProblem(amount: Money, payment: Balance, others: readonly Other[]): RefundProblem | undefined {
  const currency = payment.received?.currency ?? '';
  if (amount.currency !== currency)
    return ofField('refund_currency_differs', 'amount.currency', `the payment was made in ${currency}`);
  const left = remainderOf(payment, others);
  if (BigInt(amount.value) <= left) return undefined;
  const rest = left < 0n ? 0n : left;
  return ofField('refund_exceeds_payment', 'amount', `only ${rest} ${currency} in minor units are left`);
}

const ofField = (code: string, field: string, message: string): RefundProblem => ({
  code,
  message,
  errors: [{ field, message }],
});

/** After so many rounds Antom is asked no more; notification inquires on. */
export const mostRefundTries = 7;

/** When Antom is asked again, after so many rounds: 2, 4, 8 … seconds later, two minutes in all. */
export const nextRefundAt = (now: Date, tries: number): Date =>
  new Date(now.getTime() + 1000 * 2 ** Math.max(1, tries));

/** Events of a payment may overtake each other: so long a refund waits for its payment, in milliseconds. */
export const patienceMs = 60_000;
