import { parseRequestTime } from './times.js';

/** All in milliseconds. */
export interface FreshnessLimits {
  readonly oldest: number;
  /** How far the sender's clock may go ahead of ours. */
  readonly aheadAtMost: number;
}

/**
 * Antom re-sends for a day and does not say whether a re-send carries a new time, nor what skew it allows itself. So
 * something old is no forgery: it is a reason to inquire before anything moves.
 */
export const usualFreshness: FreshnessLimits = { oldest: 15 * 60_000, aheadAtMost: 5 * 60_000 };

export type Freshness =
  | { readonly kind: 'fresh' | 'old' | 'from the future'; readonly sentAt: Date; readonly ageMs: number }
  /** Signed, but in no known form. */
  | { readonly kind: 'unknown' };

/** How old something is by its `request-time` or `response-time`, in milliseconds or in ISO 8601. */
export function freshnessOf(time: string, now: Date, limits: FreshnessLimits = usualFreshness): Freshness {
  const sentAt = parseRequestTime(time);
  if (sentAt === undefined) return { kind: 'unknown' };
  const ageMs = now.getTime() - sentAt.getTime();
  if (ageMs > limits.oldest) return { kind: 'old', sentAt, ageMs };
  return { kind: ageMs < -limits.aheadAtMost ? 'from the future' : 'fresh', sentAt, ageMs };
}
