/** An inquiry without an answer: it tells nothing about the payment or refund. */
export interface Unanswered {
  readonly kind: 'unknown';
  readonly reason: string;
  /** Where nothing was sent: when a next try may be worth it, in milliseconds. */
  readonly retryAfterMs?: number;
}
