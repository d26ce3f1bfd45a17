/** What Antom reported of a refund, in our words. A notification names no payment, the history of a payment does. */
export interface RefundUpdate {
  readonly refundRequestId: string;
  /** Antom's own id of it. */
  readonly refundId?: string;
  readonly kind: 'succeeded' | 'failed' | 'processing';
  readonly amount: { readonly value: string; readonly currency: string };
  readonly refundedAt: string;
  readonly code: string;
  readonly message: string;
  readonly payment?: { readonly paymentRequestId: string } | { readonly paymentId: string };
  /** Signed long before it came: it is inquired about before it moves anything. */
  readonly old?: true;
}
