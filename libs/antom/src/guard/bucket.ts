/** A token bucket as data: each call takes one token, and tokens come back evenly. */
export interface Bucket {
  readonly tokens: number;
  /** When they were counted, in milliseconds of a clock that only goes forward. */
  readonly at: number;
}

export interface BucketLimits {
  readonly perSecond: number;
  /** So many may go at once after a quiet time. */
  readonly burst: number;
}

export const fullBucket = ({ burst }: BucketLimits, now: number): Bucket => ({ tokens: burst, at: now });

export type Draw =
  | { readonly kind: 'taken'; readonly bucket: Bucket }
  /** The next token is there after so long, in milliseconds. */
  | { readonly kind: 'empty'; readonly bucket: Bucket; readonly waitMs: number };

export function draw(before: Bucket, limits: BucketLimits, now: number): Draw {
  const grown = ((now - before.at) * limits.perSecond) / 1_000;
  const tokens = Math.min(limits.burst, before.tokens + grown);
  if (tokens >= 1) return { kind: 'taken', bucket: { tokens: tokens - 1, at: now } };
  return { kind: 'empty', bucket: { tokens, at: now }, waitMs: Math.ceil(((1 - tokens) * 1_000) / limits.perSecond) };
}
