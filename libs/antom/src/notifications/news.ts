import { type Money } from '@kasir/kernel';

/** What Antom says about one attempt to pay, in our own words. */
export interface AttemptNews {
  /** A failure ends one try; the shopper may try again in the same session. */
  readonly kind: 'succeeded' | 'failed' | 'pending';
  readonly paymentRequestId: string;
  /** Antom's own id of the payment. */
  readonly paymentId: string;
  /** As Antom says it: to be compared with what was asked for. */
  readonly amount: Money;
  /** Antom's result code, for people and statistics. */
  readonly code: string;
  readonly message: string;
  readonly createdAt?: Date;
  readonly paidAt?: Date;
}
