import {
  type ConsumerListener,
  type EventConsumer,
  type IncomingRecord,
  type PartitionLag,
  placeOf,
  type Position,
  type TopicPartition,
} from '../broker.js';
import { type Passing } from '../crash-points.js';
import { type Log } from '../log.js';
import { pauseFor, within } from '../waiting.js';
import { type Applying } from './applying.js';
import { Committer } from './committer.js';
import { type ConsumerStats, type PartitionStats } from './consumer-stats.js';
import { Lane } from './lane.js';
import { type Pruning } from './pruning.js';
import { Watchdog } from './watchdog.js';

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

export interface ConsumerParts {
  readonly open: () => EventConsumer;
  readonly lag: () => Promise<PartitionLag[]>;
  readonly applying: Applying;
  readonly pruning?: Pruning;
  readonly log: Log;
  readonly onFatal: (error: Error) => void;
  /** How long a partition may stand still with messages waiting. */
  readonly stuckMs: number;
  readonly passing?: Passing;
}

const drainMs = 5_000;

/** Hands every partition's records to a lane of its own, so that none waits for another. */
export class EventsConsumer implements Consumer, ConsumerListener {
  readonly #lanes = new Map<string, Lane>();
  readonly #committer: Committer;
  readonly #watchdog: Watchdog;
  #source: EventConsumer;
  #assigned: readonly TopicPartition[] | undefined;
  #lags: readonly PartitionLag[] = [];
  #stuck: readonly TopicPartition[] = [];
  #failure: Error | undefined;
  #restarts = 0;
  #restartedAt = -Infinity;
  #watching: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(private readonly parts: ConsumerParts) {
    this.#source = parts.open();
    this.#committer = new Committer((positions) => this.#commit(positions), parts.log);
    this.#watchdog = new Watchdog(parts.stuckMs);
  }

  async start(): Promise<void> {
    await this.#source.start(this);
    this.#watching = this.#watch();
    this.parts.pruning?.start();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  health(): Health {
    if (this.#failure !== undefined) return { ok: false, reason: `the consumer is dead: ${this.#failure.message}` };
    if (this.#assigned === undefined) return { ok: false, reason: 'the consumer has not joined its group' };
    if (this.#stuck.length > 0) return { ok: false, reason: `no progress on ${this.#stuck.map(placeOf).join(', ')}` };
    return { ok: true };
  }

  stats(): ConsumerStats {
    const { applied, repeated, waiting, deadLetters, unknowns, sequences } = this.parts.applying;
    return {
      partitions: (this.#assigned ?? []).map((place) => this.#partitionStats(place)),
      applied,
      repeated,
      waiting,
      deadLetters,
      unknownTypes: unknowns.types,
      unknownFields: unknowns.fields,
      sequenceGaps: sequences.gaps,
      sequenceRepeats: sequences.repeats,
      restarts: this.#restarts,
      receiptsPruned: this.parts.pruning?.pruned ?? 0,
    };
  }

  onAssigned(partitions: readonly TopicPartition[]): void {
    this.#forget();
    for (const place of partitions) this.#source.resume(place);
    this.#assigned = partitions;
    this.parts.passing?.('consumer-joined');
    this.parts.log.info({ partitions: partitions.length }, 'the consumer joined its group');
  }

  onRecords(place: TopicPartition, records: readonly IncomingRecord[]): void {
    if (!this.#stopping.signal.aborted) this.#lane(place).queue.push(records);
  }

  onFatal(error: Error): void {
    this.#failure = error;
    this.parts.onFatal(error);
  }

  /** Everything not committed comes again, so whatever waits here is stale, and so is the right to commit it. */
  #forget(): void {
    this.#committer.forget();
    this.parts.applying.sequences.forget();
    for (const { queue } of this.#lanes.values()) queue.clear();
  }

  #lane(place: TopicPartition): Lane {
    const known = this.#lanes.get(placeOf(place));
    if (known !== undefined) return known;
    const lane = new Lane(place, {
      work: (records, signal) => this.parts.applying.apply(records, signal),
      done: ({ offset }) => this.#committer.done({ ...place, next: String(BigInt(offset) + 1n) }),
      tooLong: (full) => (full ? this.#source.pause(place) : this.#source.resume(place)),
    });
    this.#lanes.set(placeOf(place), lane);
    return lane;
  }

  async #commit(positions: readonly Position[]): Promise<void> {
    this.parts.passing?.('consumer-before-offsets');
    await this.#source.commit(positions);
    this.parts.passing?.('consumer-after-offsets');
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    const lanes = [...this.#lanes.values()];
    for (const { queue } of lanes) queue.leave();
    await within(drainMs, Promise.all(lanes.map(({ queue }) => queue.settled())));
    await within(drainMs, this.#committer.flushed());
    await this.#source.stop();
    await this.parts.pruning?.stop();
    await within(drainMs, this.#watching ?? Promise.resolve());
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pauseFor(this.parts.stuckMs / 4, signal);
      if (signal.aborted) return;
      await this.#look().catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'the lag could not be looked at'),
      );
    }
  }

  async #look(): Promise<void> {
    const mine = new Set(this.#assigned?.map(placeOf));
    this.#lags = (await this.parts.lag()).filter((lag) => mine.has(placeOf(lag)));
    this.#stuck = this.#watchdog.look(this.#lags, performance.now());
    // A lane that is busy waits for the database or its handler; joining anew would not help it.
    const forgotten = this.#stuck.filter((place) => this.#lanes.get(placeOf(place))?.queue.idle ?? true);
    const joinedFor = performance.now() - this.#restartedAt;
    if (forgotten.length > 0 && joinedFor >= this.parts.stuckMs && !this.#stopping.signal.aborted)
      await this.#restart(forgotten);
  }

  async #restart(forgotten: readonly TopicPartition[]): Promise<void> {
    this.#restarts += 1;
    this.#restartedAt = performance.now();
    this.parts.log.error({ partitions: forgotten.map(placeOf) }, 'messages wait and are not fetched; joining anew');
    await this.#source.stop();
    if (this.#stopping.signal.aborted) return;
    // The next membership can neither commit nor be asked for more before it has joined.
    this.#forget();
    this.#source = this.parts.open();
    await this.#source.start(this);
  }

  #partitionStats(place: TopicPartition): PartitionStats {
    const lane = this.#lanes.get(placeOf(place));
    const lag = this.#lags.find((each) => placeOf(each) === placeOf(place));
    return {
      ...place,
      lag: lag === undefined ? 0 : Number(lag.end - lag.committed),
      queued: lane?.queue.length ?? 0,
      msSinceProgress: lane === undefined ? 0 : performance.now() - lane.progressAt,
    };
  }
}
