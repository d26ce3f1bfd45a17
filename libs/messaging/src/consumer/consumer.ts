import { type ConsumerListener, type EventConsumer, type IncomingRecord, type TopicPartition } from '../broker.js';
import { type Log } from '../log.js';
import { within } from '../waiting.js';
import { type Applying } from './applying.js';
import { Committer } from './committer.js';
import { PartitionQueue } from './partition-queue.js';

export interface Consumer {
  /** Resolves after the first join of the group, with the assignment known. */
  start(): Promise<void>;
  /** Finishes what is in hand, commits and leaves the group. */
  stop(): Promise<void>;
  health(): Health;
  stats(): ConsumerStats;
}

export interface Health {
  readonly ok: boolean;
  readonly reason?: string;
}

export interface PartitionStats extends TopicPartition {
  /** Messages on the topic that are not applied yet, as far as this consumer has heard. */
  readonly lag: number;
  readonly queued: number;
  readonly msSinceProgress: number;
}

export interface ConsumerStats {
  readonly partitions: readonly PartitionStats[];
  readonly applied: number;
  /** Messages that the inbox knew already. */
  readonly repeated: number;
  readonly deadLetters: number;
  readonly unknownTypes: number;
  readonly sequenceGaps: number;
  readonly sequenceRepeats: number;
}

export interface ConsumerParts {
  readonly source: EventConsumer;
  readonly applying: Applying;
  readonly log: Log;
  readonly onFatal: (error: Error) => void;
}

const drainMs = 5_000;

interface Lane {
  readonly place: TopicPartition;
  readonly queue: PartitionQueue;
  next: bigint | undefined;
  end: bigint;
  progressAt: number;
}

/** Hands every partition's records to a lane of its own, so that none waits for another. */
export class EventsConsumer implements Consumer, ConsumerListener {
  readonly #lanes = new Map<string, Lane>();
  readonly #committer: Committer;
  #assigned: readonly TopicPartition[] | undefined;
  #failure: Error | undefined;
  #stopping = false;

  constructor(private readonly parts: ConsumerParts) {
    this.#committer = new Committer(parts.source, parts.log);
  }

  async start(): Promise<void> {
    await this.parts.source.start(this);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const lanes = [...this.#lanes.values()];
    for (const { queue } of lanes) queue.leave();
    await within(drainMs, Promise.all(lanes.map(({ queue }) => queue.settled())));
    await within(drainMs, this.#committer.flushed());
    await this.parts.source.stop();
  }

  health(): Health {
    if (this.#failure !== undefined) return { ok: false, reason: `the consumer is dead: ${this.#failure.message}` };
    return this.#assigned === undefined ? { ok: false, reason: 'the consumer has not joined its group' } : { ok: true };
  }

  stats(): ConsumerStats {
    const { applied, repeated, deadLetters, unknownTypes, sequences } = this.parts.applying;
    return {
      partitions: (this.#assigned ?? []).map((place) => this.#partitionStats(place)),
      applied,
      repeated,
      deadLetters,
      unknownTypes,
      sequenceGaps: sequences.gaps,
      sequenceRepeats: sequences.repeats,
    };
  }

  /** Everything not committed comes again, so whatever waits here is stale, and so is the right to commit it. */
  onAssigned(partitions: readonly TopicPartition[]): void {
    this.#committer.forget();
    this.parts.applying.sequences.forget();
    for (const { queue } of this.#lanes.values()) queue.clear();
    for (const place of partitions) this.#resume(place);
    this.#assigned = partitions;
    this.parts.log.info({ partitions: partitions.length }, 'the consumer joined its group');
  }

  onRecords(place: TopicPartition, records: readonly IncomingRecord[], endOffset: string): void {
    if (this.#stopping) return;
    const lane = this.#lane(place);
    lane.end = BigInt(endOffset);
    lane.queue.push(records);
  }

  onFatal(error: Error): void {
    this.#failure = error;
    this.parts.onFatal(error);
  }

  #lane(place: TopicPartition): Lane {
    const name = `${place.topic}/${place.partition}`;
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const queue = new PartitionQueue({
      work: (record, signal) => this.parts.applying.apply(record, signal),
      done: (record) => this.#done(lane, record),
      tooLong: (full) => (full ? this.parts.source.pause(place) : this.#resume(place)),
    });
    const lane: Lane = { place, queue, next: undefined, end: 0n, progressAt: performance.now() };
    this.#lanes.set(name, lane);
    return lane;
  }

  #done(lane: Lane, { offset }: IncomingRecord): void {
    lane.next = BigInt(offset) + 1n;
    lane.progressAt = performance.now();
    this.#committer.done({ ...lane.place, next: String(lane.next) });
  }

  #resume(place: TopicPartition): void {
    this.parts.source.resume(place);
  }

  #partitionStats(place: TopicPartition): PartitionStats {
    const lane = this.#lanes.get(`${place.topic}/${place.partition}`);
    if (lane === undefined) return { ...place, lag: 0, queued: 0, msSinceProgress: 0 };
    const lag = lane.next === undefined ? lane.queue.length : Number(lane.end - lane.next);
    return { ...place, lag, queued: lane.queue.length, msSinceProgress: performance.now() - lane.progressAt };
  }
}
