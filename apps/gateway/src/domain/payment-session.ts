import { type BankChoice, type PaymentSessionStatus } from '@kasir/contracts';
import { follow, type Life, type Money, type Outcome } from '@kasir/kernel';
import { type Cancel, noCancel } from './cancel.js';

export type PaymentSessionStep = 'create' | 'reject' | 'pend' | 'fail' | 'mismatch' | 'expire' | 'cancel' | 'succeed';

/**
 * A payment session as the app sees it. Two topics tell its story and neither waits for the other, so nearly every
 * status can be the first; a verified success beats whatever was known before but a cancel that Antom has confirmed.
 */
export const life: Life<PaymentSessionStep, PaymentSessionStatus> = {
  create: { from: ['requested'], to: 'created' },
  reject: { from: ['requested'], to: 'rejected' },
  pend: { from: ['requested', 'created', 'rejected', 'failed'], to: 'pending' },
  fail: { from: ['requested', 'created', 'pending'], to: 'failed' },
  mismatch: { from: ['requested', 'created', 'rejected', 'pending', 'failed', 'expired'], to: 'mismatched' },
  expire: { from: ['requested', 'created', 'rejected', 'pending', 'failed'], to: 'expired' },
  cancel: { from: ['requested', 'created', 'rejected', 'pending', 'failed', 'mismatched', 'expired'], to: 'cancelled' },
  succeed: {
    from: ['requested', 'created', 'rejected', 'pending', 'failed', 'mismatched', 'expired'],
    to: 'succeeded',
  },
};

export interface Rejection {
  readonly stage: 'policy' | 'provider' | 'abandoned';
  readonly code: string;
  readonly message: string;
  readonly livingPaymentSessionId?: string | undefined;
}

/** What the provider answered, readable only with the key that payment-session and gateway share. */
export interface SealedSession {
  readonly data: string;
  readonly expiresAt: Date;
  /** Until then a payment that began in it may still bring money. */
  readonly endsAt: Date;
}

export interface PaymentSession {
  readonly id: string;
  readonly orderId: string;
  readonly status: PaymentSessionStatus;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly createdAt: Date;
  readonly sealed: SealedSession | null;
  readonly rejection: Rejection | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly cancel: Cancel;
  readonly paidAt: Date | null;
  /** When the app last reported the buyer back from the bank. */
  readonly returnedAt: Date | null;
}

export const newPaymentSession = (
  known: Pick<PaymentSession, 'id' | 'orderId' | 'amount' | 'bankChoice' | 'createdAt'>,
): PaymentSession => ({
  ...known,
  status: 'requested',
  sealed: null,
  rejection: null,
  failure: null,
  cancel: noCancel,
  paidAt: null,
  returnedAt: null,
});

/** @param orderId undefined fits every order */
export const isOf = (session: PaymentSession, orderId: string | undefined): boolean =>
  orderId === undefined || session.orderId === orderId;

type Facts = Partial<Pick<PaymentSession, 'rejection' | 'failure' | 'cancel' | 'paidAt'>>;

/** Follows a step and keeps its facts, unless the step is refused. */
export function advance(session: PaymentSession, step: PaymentSessionStep, facts: Facts = {}): Outcome<PaymentSession> {
  const outcome = follow(life, step, session);
  return outcome.kind === 'refused' ? outcome : { ...outcome, thing: { ...outcome.thing, ...facts } };
}

/** Keeps the sealed data also when the news is late, because a failed or pending session can still be opened. */
export const create = (session: PaymentSession, sealed: SealedSession): Outcome<PaymentSession> =>
  advance({ ...session, sealed }, 'create');

const final: readonly PaymentSessionStatus[] = ['succeeded', 'rejected', 'expired', 'cancelled'];

/** Nothing more can be heard of it that the app does not know. */
export const isClosed = ({ status }: PaymentSession): boolean => final.includes(status);

const openable: readonly PaymentSessionStatus[] = ['created', 'pending', 'failed'];

/** The sealed data while the shopper can still pay with it. */
export const sealedFor = ({ status, sealed }: PaymentSession, now: Date): SealedSession | undefined =>
  sealed !== null && openable.includes(status) && now <= sealed.expiresAt ? sealed : undefined;

/** When a session stops standing in the way: with its own end, and after that with the end of what may have begun in it. */
export const livesUntil = ({ sealed }: PaymentSession, now: Date): Date | undefined =>
  sealed === null ? undefined : now <= sealed.expiresAt ? sealed.expiresAt : sealed.endsAt;

/** Whether the caller who asked for the session can be told something that ends the waiting. */
export const isAnswered = (session: PaymentSession): boolean =>
  session.sealed !== null || session.status === 'mismatched' || isClosed(session);
