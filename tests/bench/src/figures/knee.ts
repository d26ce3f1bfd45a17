export interface KneeSearch {
  /** A rate that is tried first. */
  readonly from: number;
  /** How far apart the highest rate that held and the lowest that did not may end: 1.15 is 15 %. */
  readonly within: number;
  readonly lowest?: number;
  readonly highest?: number;
}

export interface Tried {
  readonly rate: number;
  readonly holds: boolean;
  /** It held with so much to spare that the next rate may be far higher. */
  readonly easy?: boolean;
}

/**
 * The rate to try next, or undefined when the knee is known closely enough: doubles while rates hold (four times as much
 * after an easy one), halves while none does, then bisects the steps of `within` that lie between.
 */
export function nextRate(tried: readonly Tried[], { from, within, lowest = 1, highest = 5_000 }: KneeSearch) {
  if (tried.length === 0) return from;
  const held = kneeOf(tried);
  const failed = Math.min(...tried.filter(({ holds, rate }) => !holds && rate > (held ?? 0)).map(({ rate }) => rate));
  if (held === undefined) return failed / 2 >= lowest ? roundRate(failed / 2) : undefined;
  if (failed === Number.POSITIVE_INFINITY) {
    const next = held * (tried.some(({ rate, easy }) => rate === held && easy) ? 4 : 2);
    return next <= highest ? roundRate(next) : undefined;
  }
  if (failed / held <= within) return undefined;
  const steps = Math.ceil(Math.log(failed / held) / Math.log(within));
  const between = roundRate(held * (failed / held) ** (Math.floor(steps / 2) / steps));
  return between > held && between < failed ? between : undefined;
}

/** The highest rate that held; undefined where none did. */
export function kneeOf(tried: readonly Tried[]): number | undefined {
  const held = tried.filter(({ holds }) => holds).map(({ rate }) => rate);
  return held.length === 0 ? undefined : Math.max(...held);
}

/** What a rate must do to hold: e2e p99 of 1 s at most, 98 % of the payments paid in time, none missing. */
export const holds = (leg: {
  readonly e2e?: { readonly p99: number } | undefined;
  readonly achieved: number;
  readonly missing: number;
  readonly failed: number;
  readonly stoppedEarly: boolean;
}): boolean =>
  !leg.stoppedEarly &&
  leg.e2e !== undefined &&
  leg.e2e.p99 <= 1_000 &&
  leg.achieved >= 0.98 &&
  leg.missing === 0 &&
  leg.failed === 0;

/** A tenth of what a rate may take. */
export const isEasy = ({ e2e }: { readonly e2e?: { readonly p99: number } | undefined }): boolean =>
  e2e !== undefined && e2e.p99 <= 100;

/** Half a payment per second matters at 10/s, and does not at 300/s. */
const roundRate = (rate: number): number => (rate < 20 ? Math.round(rate * 2) / 2 : Math.round(rate));

export const fewestPayments = 1_200;

/** How long a leg takes so that its percentiles come from enough payments. */
export const legSeconds = (rate: number, shortest = 8): number => Math.max(shortest, Math.ceil(fewestPayments / rate));
