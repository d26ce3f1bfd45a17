import { type LifeTable, type Money, type Outcome, walk } from '@kasir/kernel';
import { type FrozenRequest } from './attempt.js';
import { type Payment } from './payment.js';

export type RefundStatus =
  /** Not allowed yet: the success of its payment is not known. */
  | 'considered'
  | 'rejected'
  /** Committed; Antom is being asked. */
  | 'started'
  /** Antom has it: its end is the ear's to tell. */
  | 'taken'
  /** Antom said no. A hint; the ear makes sure. */
  | 'refused'
  | 'unanswered'
  | 'succeeded'
  | 'failed';

const asked = ['started', 'taken', 'refused', 'unanswered'] as const;

const arrows = {
  start: { from: ['considered'], to: 'started' },
  reject: { from: ['considered'], to: 'rejected' },
  take: { from: ['started'], to: 'taken' },
  refuse: { from: ['started'], to: 'refused' },
  giveUp: { from: ['started'], to: 'unanswered' },
  fail: { from: asked, to: 'failed' },
  succeed: { from: [...asked, 'failed'], to: 'succeeded' },
} as const;

export type RefundStep = keyof typeof arrows;

/** Every arrow in a refund's life. Money that went back went back, whatever was said before. */
export const refundLife: LifeTable<RefundStep, RefundStatus> = {
  first: ['considered', 'succeeded'],
  arrows,
  why: {
    considered: 'Antom has not been asked',
    rejected: 'nobody was asked for it',
    started: 'Antom is being asked',
    taken: 'Antom has it, so only the ear ends it',
    refused: 'Antom has answered, so only the ear ends it',
    unanswered: 'Antom was asked often enough, so only the ear ends it',
    succeeded: 'the money went back',
    failed: 'no money went back; only news that it did is stronger',
  },
};

export interface Refund {
  readonly refundRequestId: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  /** Antom's id of the payment: the one that was named, else unknown until its success has been heard. */
  readonly paymentId?: string;
  readonly amount: Money;
  /** `unasked`: Antom gave it back without being asked by us. */
  readonly cause: 'requested' | 'unasked';
  readonly status: RefundStatus;
  readonly reason: string;
  readonly request?: FrozenRequest;
}

export const advanceRefund = (refund: Refund, step: RefundStep): Outcome<Refund> =>
  walk<RefundStep, RefundStatus, Refund>(refundLife, step, refund);

/** Whether a refund's amount is taken from what is left of its payment. */
export const reserves = ({ status }: Pick<Refund, 'status'>): boolean =>
  status !== 'considered' && status !== 'rejected' && status !== 'failed';

/** Those of one payment, among the refunds of its attempt. */
export const refundsOf = ({ paymentId }: Pick<Payment, 'paymentId'>, refunds: readonly Refund[]): readonly Refund[] =>
  refunds.filter((refund) => refund.paymentId === paymentId);

/** What is left of a payment, in minor units; below zero where Antom gave back more than was asked. */
export const remainderOf = (paid: Money, refunds: readonly Pick<Refund, 'status' | 'amount'>[]): bigint =>
  refunds
    .filter((refund) => reserves(refund) && refund.amount.currency === paid.currency)
    .reduce((left, { amount }) => left - BigInt(amount.value), BigInt(paid.value));

/** Why so much can't be given back of a payment, or undefined where it can. */
export function refundProblem(
  amount: Money,
  paid: Money,
  others: readonly Pick<Refund, 'status' | 'amount'>[],
): { code: string; message: string } | undefined {
  if (amount.currency !== paid.currency)
    return { code: 'refund_currency_differs', message: `the payment was made in ${paid.currency}` };
  const left = remainderOf(paid, others);
  if (BigInt(amount.value) <= left) return undefined;
  const rest = left < 0n ? 0n : left;
  return { code: 'refund_exceeds_payment', message: `only ${rest} ${paid.currency} in minor units are left` };
}

/** After so many rounds nobody is asked any more; the ear inquires on. */
export const mostRefundTries = 7;

/** When Antom is asked again, after so many rounds: 2, 4, 8 … seconds later, two minutes in all. */
export const nextRefundAt = (now: Date, tries: number): Date =>
  new Date(now.getTime() + 1000 * 2 ** Math.max(1, tries));

/** News of a payment may overtake each other: so long a refund waits for the success of its payment, in milliseconds. */
export const patienceMs = 60_000;
