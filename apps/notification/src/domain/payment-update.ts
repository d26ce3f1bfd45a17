/** What Antom reported of a payment, in our words, whichever way it reached us. */
export type PaymentUpdate = {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: { readonly value: string; readonly currency: string };
  /** Antom's word, but signed long before it came: it is inquired about before it moves anything. */
  readonly old?: true;
} & (
  | { readonly kind: 'succeeded'; readonly paidAt: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'pending' }
);

/** Antom answered that the whole attempt is cancelled. */
export interface CancelUpdate {
  readonly kind: 'cancelled';
  readonly paymentRequestId: string;
}

export type AttemptUpdate = PaymentUpdate | CancelUpdate;
