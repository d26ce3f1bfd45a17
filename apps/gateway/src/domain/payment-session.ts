import { type BankChoice, type DataOf, type PaymentSessionEvent, type PaymentSessionStatus } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';
import { type Cancel, noCancel } from './cancel.js';

export type PaymentSessionTransition =
  'create' | 'reject' | 'pend' | 'fail' | 'expire' | 'cancel' | 'review' | 'succeed' | 'accept' | 'return';

/**
 * A payment session as the app sees it. Its events come from several topics and none waits for the other, so nearly every status
 * can be the first; a verified success beats whatever was known before but a cancel that Antom has confirmed, and a person's
 * `accept` beats that, too.
 */
export const life: Life<PaymentSessionTransition, PaymentSessionStatus> = {
  create: { from: ['requested'], to: 'created' },
  reject: { from: ['requested'], to: 'rejected' },
  pend: { from: ['requested', 'created', 'rejected', 'failed'], to: 'pending' },
  fail: { from: ['requested', 'created', 'pending'], to: 'failed' },
  expire: { from: ['requested', 'created', 'pending', 'failed'], to: 'expired' },
  cancel: { from: ['requested', 'created', 'pending', 'failed', 'expired', 'under_review'], to: 'cancelled' },
  review: { from: ['requested', 'created', 'rejected', 'pending', 'failed', 'expired'], to: 'under_review' },
  succeed: {
    from: ['requested', 'created', 'rejected', 'pending', 'failed', 'expired', 'under_review'],
    to: 'succeeded',
  },
  accept: { from: ['cancelled'], to: 'succeeded' },
  return: { from: ['succeeded', 'under_review'], to: 'returned' },
};

export type Rejection = Pick<
  DataOf<PaymentSessionEvent, 'PaymentSessionRejected'>,
  'stage' | 'code' | 'message' | 'livingPaymentSessionId' | 'errors'
>;

/** What Antom answered, readable only with the key that payment-session and gateway share. */
export interface EncryptedSession {
  readonly data: string;
  readonly expiresAt: Date;
  /** Until then a payment that began in it may still bring money. */
  readonly endsAt: Date;
}

export interface PaymentSession {
  /** Derived from the request: a repeat means the same session. */
  readonly id: string;
  readonly orderId: string;
  /** What was asked for under this id, as a hash: another body is another request. */
  readonly fingerprint: string;
  readonly status: PaymentSessionStatus;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly createdAt: Date;
  /** Until then the request is worth answering. */
  readonly notAfter: Date;
  readonly encrypted: EncryptedSession | null;
  readonly rejection: Rejection | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly cancel: Cancel;
  readonly paidAt: Date | null;
  /** When the app last reported the buyer back from the bank. */
  readonly returnedAt: Date | null;
}

export const newPaymentSession = (
  known: Pick<PaymentSession, 'id' | 'orderId' | 'fingerprint' | 'amount' | 'bankChoice' | 'createdAt' | 'notAfter'>,
): PaymentSession => ({
  ...known,
  ...{ status: 'requested', encrypted: null, rejection: null, failure: null },
  ...{ cancel: noCancel, paidAt: null, returnedAt: null },
});

/** @param orderId undefined fits every order */
export const isOf = (session: PaymentSession, orderId: string | undefined): boolean =>
  orderId === undefined || session.orderId === orderId;

type Facts = Partial<Pick<PaymentSession, 'rejection' | 'failure' | 'cancel' | 'paidAt'>>;

/** Makes a transition and keeps its facts, unless it is refused. */
export function advance(
  session: PaymentSession,
  transition: PaymentSessionTransition,
  facts: Facts = {},
): Outcome<PaymentSession> {
  const outcome = follow(life, transition, session);
  return outcome.kind === 'refused' ? outcome : { ...outcome, thing: { ...outcome.thing, ...facts } };
}

/** Keeps the session data also when it comes late, because a failed or pending session can still be opened. */
export const create = (session: PaymentSession, encrypted: EncryptedSession): Outcome<PaymentSession> =>
  advance({ ...session, encrypted }, 'create');

const final: readonly PaymentSessionStatus[] = ['succeeded', 'rejected', 'expired', 'cancelled', 'returned'];

/** Whether the app knows all that it needs; only money moves such a session on. */
export const isClosed = ({ status }: PaymentSession): boolean => final.includes(status);

const openable: readonly PaymentSessionStatus[] = ['created', 'pending', 'failed'];

/** The session data while the buyer can still pay with it. */
export const openableData = ({ status, encrypted }: PaymentSession, now: Date): EncryptedSession | undefined =>
  encrypted !== null && openable.includes(status) && now <= encrypted.expiresAt ? encrypted : undefined;

/** When a session stops standing in the way: with its own end, and after that with the end of what may have begun in it. */
export const livesUntil = ({ encrypted }: PaymentSession, now: Date): Date | undefined =>
  encrypted === null ? undefined : now <= encrypted.expiresAt ? encrypted.expiresAt : encrypted.endsAt;

/** Whether the caller who asked for the session can be told something that ends the waiting. */
export const isAnswered = (session: PaymentSession): boolean =>
  session.encrypted !== null || session.status === 'under_review' || isClosed(session);

const overdueMs = 60_000;

/** Unanswered requests that were worth answering until before this time are overdue. */
export const overdueBefore = (now: Date): Date => new Date(now.getTime() - overdueMs);

/** Whether nothing is known of a request that should long have been answered: unknown, and never called a failure. */
export const isOverdue = ({ status, notAfter }: PaymentSession, now: Date): boolean =>
  status === 'requested' && notAfter < overdueBefore(now);
