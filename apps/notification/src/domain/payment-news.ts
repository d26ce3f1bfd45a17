/** What Antom said of a payment, in our words, whichever way we came to hear it. */
export type PaymentNews = {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: { readonly value: string; readonly currency: string };
  /** Antom's word, but signed long before it came: it is asked about before it moves anything. */
  readonly old?: true;
} & (
  | { readonly kind: 'succeeded'; readonly paidAt: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'pending' }
);

/** Antom answered that the whole attempt is cancelled. */
export interface CancelNews {
  readonly kind: 'cancelled';
  readonly paymentRequestId: string;
}

export type AttemptNews = PaymentNews | CancelNews;
