import { type Money } from '@kasir/kernel';

/** Antom's result code and message, for people and statistics. */
interface Explained {
  readonly code: string;
  readonly message: string;
}

/** What Antom says about one attempt to pay, in our own words. */
export interface AttemptNews extends Explained {
  /** A failure ends one try; the shopper may try again in the same session. */
  readonly kind: 'succeeded' | 'failed' | 'pending';
  readonly paymentRequestId: string;
  /** Antom's own id of the payment. */
  readonly paymentId: string;
  /** As Antom says it: to be compared with what was asked for. */
  readonly amount: Money;
  readonly createdAt?: Date;
  readonly paidAt?: Date;
}

/** What Antom says about a refund. Its notification names no payment: our id of the refund leads to it. */
export interface RefundNews extends Explained {
  /** `processing` for a word that we do not know: it decides nothing. */
  readonly kind: 'succeeded' | 'failed' | 'processing';
  readonly refundRequestId: string;
  readonly refundId: string;
  readonly amount: Money;
  readonly refundedAt?: Date;
}

/** What Antom says about the capture of an authorised card payment. Banks have none. */
export interface CaptureNews extends Explained {
  readonly kind: 'succeeded' | 'failed' | 'pending';
  readonly captureRequestId: string;
  readonly captureId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly capturedAt?: Date;
}

/** What Antom says about a changed amount of an authorised card payment. Banks have none. */
export interface AmountNews extends Explained {
  readonly kind: 'succeeded' | 'failed' | 'pending';
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly updateRequestId?: string;
}

/** What Antom says about a dispute. All of them are for people. */
export interface DisputeNews {
  readonly kind:
    | 'created'
    | 'judged'
    | 'cancelled'
    | 'defence supplied'
    | 'defence due'
    | 'accepted'
    | 'resolved before a dispute'
    | 'other';
  /** Antom's own word for the kind. */
  readonly said: string;
  readonly disputeId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount?: Money;
  /** Who won, where it was judged. */
  readonly judgement?: 'merchant' | 'shopper' | 'other';
  /** Until when the merchant can answer. */
  readonly defenceDueAt?: Date;
  readonly reasonCode?: string;
  readonly disputeType?: string;
}
