import {
  type Broker,
  type ConsumerListener,
  type IncomingRecord,
  type PartitionLag,
  placeOf,
  type TopicPartition,
} from '../../broker.js';
import { type Database } from '../../database.js';
import { deferred } from '../../waiting.js';
import { shelve } from './shelf.js';

export interface CopyParts {
  readonly broker: Broker;
  /** A group of this copy alone. Nothing is committed, so the broker forgets it. */
  readonly group: string;
  readonly topics: readonly string[];
  readonly database: Pick<Database, 'transaction'>;
}

/** So long may the broker bring nothing, although there is more. */
const patienceMs = 30_000;

/**
 * Lays out every record of some topics, from their beginning to where they end now.
 * @returns how many there were
 * @throws Error where the broker stops bringing what it has
 */
export async function copyTopics(parts: CopyParts): Promise<number> {
  const reach = await parts.broker.lag(parts.group, parts.topics);
  const open = reach.filter(({ committed, end }) => end > committed);
  if (open.length === 0) return 0;
  const copy = new Copy(parts, open);
  try {
    return await copy.run();
  } finally {
    await copy.stop();
  }
}

class Copy implements ConsumerListener {
  readonly #ends: Map<string, bigint>;
  readonly #finished = deferred();
  readonly #source;
  #writing: Promise<void> = Promise.resolve();
  #heardAt = performance.now();
  #copied = 0;

  constructor(
    private readonly parts: CopyParts,
    open: readonly PartitionLag[],
  ) {
    this.#ends = new Map(open.map((lag) => [placeOf(lag), lag.end]));
    this.#source = parts.broker.consumer(parts.group, parts.topics);
  }

  async run(): Promise<number> {
    const watch = setInterval(() => this.#complain(), 1_000);
    try {
      await Promise.race([this.#finished.promise, this.#source.start(this).then(() => this.#finished.promise)]);
      return this.#copied;
    } finally {
      clearInterval(watch);
    }
  }

  async stop(): Promise<void> {
    await this.#source.stop();
    await this.#writing.catch(() => undefined);
  }

  onAssigned(): void {
    this.#heardAt = performance.now();
  }

  onFatal(error: Error): void {
    this.#finished.reject(error);
  }

  onRecords(place: TopicPartition, records: readonly IncomingRecord[]): void {
    this.#heardAt = performance.now();
    const end = this.#ends.get(placeOf(place));
    if (end === undefined) return;
    // What is fetched meanwhile would lie in memory.
    this.#source.pause(place);
    this.#writing = this.#writing.then(() => this.#write(place, records, end));
    this.#writing.catch((error: unknown) => this.#finished.reject(error));
  }

  async #write(place: TopicPartition, records: readonly IncomingRecord[], end: bigint): Promise<void> {
    const wanted = records.filter(({ offset }) => BigInt(offset) < end);
    if (wanted.length > 0) await this.parts.database.transaction((tx) => shelve(tx, wanted));
    this.#copied += wanted.length;
    this.#heardAt = performance.now();
    const last = records.at(-1);
    if (last === undefined || BigInt(last.offset) + 1n < end) return this.#source.resume(place);
    this.#ends.delete(placeOf(place));
    if (this.#ends.size === 0) this.#finished.resolve();
  }

  #complain(): void {
    if (performance.now() - this.#heardAt < patienceMs) return;
    const places = [...this.#ends.keys()].join(', ');
    this.#finished.reject(new Error(`the broker brings no more of ${places}, although there is more`));
  }
}
