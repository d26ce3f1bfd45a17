import { type InquiryAnswer } from './inquiry-answer.js';
import { after, askedAtOnce, type Inquired } from './inquiry-plan.js';

/** Something that was reported of one of Antom's payments and waits for an inquiry about exactly that payment. */
export interface PendingInquiry {
  readonly paymentId: string;
  /**
   * `old-webhook`: money that an old message reports. `cancel-started`: a success after a cancel was started.
   * `after-cancel`: money of an attempt that was cancelled. `contradiction`: a failure after a success.
   */
  readonly kind: 'old-webhook' | 'cancel-started' | 'after-cancel' | 'contradiction';
  readonly since: string;
  /** When Antom says that it was paid. */
  readonly paidAt: string;
  /** A person was told that the answer takes long. */
  readonly overdue?: true;
}

interface Asking extends Inquired {
  readonly pendingInquiries: readonly PendingInquiry[];
}

/** After so long a person is told that a success waits for its inquiry. */
const overdueMs = 15 * 60_000;

export const isOverdue = ({ kind, since, overdue }: PendingInquiry, now: Date): boolean =>
  kind === 'cancel-started' && overdue !== true && now >= after(new Date(since), overdueMs);

const isSame = (one: PendingInquiry, other: PendingInquiry): boolean =>
  one.paymentId === other.paymentId && one.kind === other.kind;

export const isPending = (payment: Asking, inquiry: PendingInquiry): boolean =>
  payment.pendingInquiries.some((each) => isSame(each, inquiry));

/** Asks Antom about one of its payments by itself; asking the same again changes nothing. */
export function withPending<Payment extends Asking>(
  payment: Payment,
  { kind, paymentId, paidAt }: Pick<PendingInquiry, 'kind' | 'paymentId'> & { readonly paidAt?: string | undefined },
  now: Date,
): Payment {
  const since = now.toISOString();
  const inquiry = { kind, paymentId, paidAt: paidAt ?? since, since };
  if (isPending(payment, inquiry)) return payment;
  const asked = askedAtOnce({ ...payment, pendingInquiries: [...payment.pendingInquiries, inquiry] }, now);
  return { ...asked, plan: asked.plan && { ...asked.plan, asked: 0 } };
}

export const withoutPending = <Payment extends Asking>(payment: Payment, inquiry: PendingInquiry): Payment => ({
  ...payment,
  pendingInquiries: payment.pendingInquiries.filter((each) => !isSame(each, inquiry)),
});

/** Whether an answer is one to this inquiry: old webhooks and contradictions need a decision, money after a cancel any answer. */
export function isAnswered({ kind }: PendingInquiry, answer: InquiryAnswer): boolean {
  switch (answer.kind) {
    case 'unknown':
      return false;
    case 'cancelled':
      return true;
    case 'not-found':
      return kind === 'old-webhook' || kind === 'after-cancel';
    case 'processing':
      return kind === 'after-cancel';
    case 'update':
      return kind === 'after-cancel' || answer.update.kind !== 'pending';
  }
}
