import { type PartitionLag, placeOf, type TopicPartition } from '../broker.js';

interface Seen {
  readonly committed: bigint;
  readonly since: number;
}

/** Finds partitions on which messages wait while nothing moves. It counts monotonic milliseconds, not business time. */
export class Watchdog {
  #seen = new Map<string, Seen>();

  constructor(private readonly stuckMs: number) {}

  /** @returns the places whose committed position has not moved for too long although there is more to read */
  look(lags: readonly PartitionLag[], now: number): TopicPartition[] {
    const before = this.#seen;
    this.#seen = new Map(lags.map((lag) => [placeOf(lag), this.#look(lag, before.get(placeOf(lag)), now)]));
    return lags.filter((lag) => now - (this.#seen.get(placeOf(lag))?.since ?? now) >= this.stuckMs);
  }

  #look({ committed, end }: PartitionLag, before: Seen | undefined, now: number): Seen {
    const waits = before !== undefined && before.committed === committed && committed < end;
    return { committed, since: waits ? before.since : now };
  }
}
