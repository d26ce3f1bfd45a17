/** Chance that repeats itself: the same seed, the same numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `least`, less than `limit`. */
  between(least: number, limit: number): number {
    return least + Math.floor(this.next() * (limit - least));
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<Thing>(things: readonly Thing[]): Thing {
    if (things.length === 0) throw new RangeError('there is nothing to pick from');
    return things[this.between(0, things.length)] as Thing;
  }
}
