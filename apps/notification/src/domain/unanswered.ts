/** A question that nobody answered. */
export interface Unanswered {
  readonly kind: 'unknown';
  readonly reason: string;
  /** Where nothing was sent: when a next try may be worth it, in milliseconds. Such a question was never asked. */
  readonly retryAfterMs?: number;
}
