/** How long answers take: half of them at most `p50Ms`, 99 of 100 at most `p99Ms`. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How many standard deviations the 99th percentile of a normal distribution lies above its middle. */
const deviationsTo99 = 2.326;

/** Chance that repeats itself for the same seed. */
export class Chance {
  #state = 0;

  constructor(seed: number) {
    this.seed(seed);
  }

  seed(seed: number): void {
    this.#state = seed >>> 0;
  }

  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A wait in milliseconds, log-normal as those of real servers are. */
  latency({ p50Ms, p99Ms }: Latency): number {
    const sigma = Math.log(p99Ms / p50Ms) / deviationsTo99;
    const normal = Math.sqrt(-2 * Math.log(1 - this.#next())) * Math.cos(2 * Math.PI * this.#next());
    return Math.round(p50Ms * Math.exp(sigma * normal));
  }

  /** From 0 to just under 1. Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
