import { type Money } from '@kasir/kernel';
import { type Letter } from './letter.js';

/** What happened at the simulator. All its state is made of these, so that a killed one finds itself again. */
export type Fact =
  | SessionOpened
  | PaymentSubmitted
  | PaymentDecided
  | RefundAccepted
  | RefundRefused
  | RefundDecided
  | LettersWritten
  | DeliveryMade
  | ClockAdvanced;

export interface SessionOpened {
  readonly fact: 'session opened';
  /** ISO 8601 in UTC, as every time here. */
  readonly at: string;
  readonly paymentRequestId: string;
  /** Tells whether a repeat says the same. */
  readonly fingerprint: string;
  readonly referenceOrderId: string;
  readonly description: string;
  readonly amount: Money;
  readonly bank: Readonly<Record<string, string>>;
  /** WEB, WAP, APP or MINI_APP; where the request says nothing it counts as an app. */
  readonly terminal: string;
  readonly redirectUrl: string;
  readonly notifyUrl: string;
  readonly metadata?: string;
  readonly expiresAt: string;
  /** Where the payment ends sooner than its method would have it. */
  readonly paymentExpiresAt?: string;
  readonly sessionId: string;
  readonly sessionData: string;
}

/** The buyer chose a way to pay: only now there is a payment. */
export interface PaymentSubmitted {
  readonly fact: 'payment submitted';
  readonly at: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  /** The code of a method, and its bank as the buyer knows it. */
  readonly method: string;
  readonly bankName: string;
  readonly timesOutAt: string;
}

export type PaymentOutcome = 'pending' | 'paid' | 'refused' | 'cancelled' | 'timed out';

export interface PaymentDecided {
  readonly fact: 'payment decided';
  readonly at: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly outcome: PaymentOutcome;
  readonly code: string;
  /** Where the buyer paid another amount than was asked for. */
  readonly charged?: Money;
  /** What is said about it, the same in every delivery. */
  readonly letters: readonly Letter[];
  /** What a pending payment becomes, unless somebody decides it before; or what a bank charges in spite of a cancel. */
  readonly then?: { readonly at: string; readonly outcome: 'paid' | 'refused'; readonly code: string };
  /** A charge that goes back: a cancel of what was paid, or of what was paid too late. */
  readonly givesBack?: boolean;
}

export interface RefundAccepted {
  readonly fact: 'refund accepted';
  readonly at: string;
  readonly refundRequestId: string;
  readonly refundId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly notifyUrl?: string;
  readonly decidedAt: string;
  readonly decidedAs: 'refunded' | 'failed';
}

export interface RefundRefused {
  readonly fact: 'refund refused';
  readonly at: string;
  readonly refundRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly code: string;
  readonly message: string;
}

export interface RefundDecided {
  readonly fact: 'refund decided';
  readonly at: string;
  readonly refundRequestId: string;
  readonly outcome: 'refunded' | 'failed';
  readonly code: string;
  readonly letters: readonly Letter[];
}

/** Notifications that tell of nothing that happened. */
export interface LettersWritten {
  readonly fact: 'letters written';
  readonly at: string;
  readonly letters: readonly Letter[];
}

export interface DeliveryMade {
  readonly fact: 'delivery made';
  readonly at: string;
  readonly notificationId: string;
  readonly acknowledged: boolean;
  /** A copy, or sent because somebody asked for it: the schedule does not count it. */
  readonly besides?: true;
}

export interface ClockAdvanced {
  readonly fact: 'clock advanced';
  readonly at: string;
  readonly ms: number;
}
