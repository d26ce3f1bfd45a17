/** A circuit breaker as data: it is closed while Antom answers, and open while asking is of no use. */
export type Breaker =
  | { readonly kind: 'closed'; readonly faults: number }
  | { readonly kind: 'open'; readonly until: number; readonly pauseMs: number }
  /** One call is under way to see whether Antom is back. */
  | { readonly kind: 'half-open'; readonly pauseMs: number };

export interface BreakerLimits {
  /** So many faults in a row open it. */
  readonly faults: number;
  /** How long it stays open at first; each probe that fails doubles it. All in milliseconds. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

export const closedBreaker: Breaker = { kind: 'closed', faults: 0 };

/** Whether a call may go now. The one that goes as `probe` decides whether the breaker closes again. */
export type Admission =
  | { readonly kind: 'go'; readonly breaker: Breaker; readonly probe: boolean }
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

/** While a probe is under way, how soon its verdict is worth asking for, in milliseconds. */
const probeMs = 1_000;

/** @param now in milliseconds of a clock that only goes forward */
export function admit(breaker: Breaker, now: number): Admission {
  if (breaker.kind === 'closed') return { kind: 'go', breaker, probe: false };
  if (breaker.kind === 'half-open') return { kind: 'refused', retryAfterMs: probeMs };
  if (now < breaker.until) return { kind: 'refused', retryAfterMs: Math.ceil(breaker.until - now) };
  return { kind: 'go', breaker: { kind: 'half-open', pauseMs: breaker.pauseMs }, probe: true };
}

export interface Outcome {
  readonly probe: boolean;
  readonly fault: boolean;
}

/** What becomes of the breaker by the outcome of a call. Stragglers of an earlier time change nothing. */
export function learn(breaker: Breaker, { probe, fault }: Outcome, now: number, limits: BreakerLimits): Breaker {
  if (probe) return fault ? open(now, Math.min(pauseOf(breaker, limits) * 2, limits.longestPauseMs)) : closedBreaker;
  if (breaker.kind !== 'closed') return breaker;
  if (!fault) return breaker.faults === 0 ? breaker : closedBreaker;
  const faults = breaker.faults + 1;
  return faults < limits.faults ? { kind: 'closed', faults } : open(now, limits.pauseMs);
}

const open = (now: number, pauseMs: number): Breaker => ({ kind: 'open', until: now + pauseMs, pauseMs });

const pauseOf = (breaker: Breaker, { pauseMs }: BreakerLimits): number =>
  breaker.kind === 'closed' ? pauseMs : breaker.pauseMs;
