import { type Admin, type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs';
import { type ConsumerListener, type EventConsumer, type Position, type TopicPartition } from '../broker.js';
import { causesOf } from '../causes.js';
import { type Log } from '../log.js';
import { backOffMs, deferred, pauseFor, within } from '../waiting.js';
import { coPartitionedAssigner } from './co-partitioned-assigner.js';

interface Parts {
  readonly kafka: Kafka;
  /** Asked first, because the patient consumer would ask for a missing topic for ever. */
  readonly admin: Admin;
  readonly group: string;
  readonly topics: readonly string[];
  readonly topicPrefix: string;
  readonly log: Log;
  readonly sessionTimeoutMs: number;
}

const settleMs = 5_000;
/** A topic that was made a moment ago is not known to every broker yet. */
const missingTopicMs = 3_000;

export class KafkajsConsumer implements EventConsumer {
  readonly #consumer: Consumer;
  readonly #stopping = new AbortController();
  #joined = deferred();
  #running: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {
    this.#consumer = parts.kafka.consumer({
      groupId: parts.group,
      partitionAssigners: [coPartitionedAssigner],
      sessionTimeout: parts.sessionTimeoutMs,
      heartbeatInterval: parts.sessionTimeoutMs / 10,
      rebalanceTimeout: 10_000,
      maxWaitTimeInMs: 500,
      minBytes: 1,
      maxBytesPerPartition: 262_144,
      allowAutoTopicCreation: false,
    });
  }

  async start(listener: ConsumerListener): Promise<void> {
    this.#listen(listener);
    await this.#untilReachable();
    if (this.#stopping.signal.aborted) return;
    this.#running = this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => this.#handOver(listener, payload),
    });
    await this.#running;
    await this.#joined.promise;
  }

  pause({ topic, partition }: TopicPartition): void {
    this.#consumer.pause([{ topic: this.parts.topicPrefix + topic, partitions: [partition] }]);
  }

  resume({ topic, partition }: TopicPartition): void {
    this.#consumer.resume([{ topic: this.parts.topicPrefix + topic, partitions: [partition] }]);
  }

  async commit(positions: readonly Position[]): Promise<void> {
    await this.#consumer.commitOffsets(
      positions.map(({ topic, partition, next }) => ({
        topic: this.parts.topicPrefix + topic,
        partition,
        offset: next,
      })),
    );
  }

  /** Leaves the group. A join that is under way is waited for: a consumer closed in the middle of it would come back to life. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#running !== undefined) {
      await within(settleMs, this.#running);
      await within(
        settleMs,
        this.#joined.promise.catch(() => undefined),
      );
      // kafkajs says that it joined a moment before it can be stopped.
      await new Promise(setImmediate);
    }
    await within(settleMs, this.#consumer.disconnect());
  }

  #listen(listener: ConsumerListener): void {
    const { GROUP_JOIN, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      if (!this.#stopping.signal.aborted) listener.onAssigned(this.#partitionsOf(payload.memberAssignment));
      this.#joined.resolve();
    });
    this.#consumer.on(CRASH, ({ payload: { error, restart } }) => {
      if (this.#stopping.signal.aborted) return;
      if (restart) return this.#joinAnew();
      this.#joined.reject(error);
      listener.onFatal(error);
    });
  }

  /** Whoever waits for the last join waits for the next one now. */
  #joinAnew(): void {
    const last = this.#joined;
    this.#joined = deferred();
    this.#joined.promise.then(last.resolve, last.reject);
  }

  async #untilReachable(): Promise<void> {
    const { admin, topics, topicPrefix, log } = this.parts;
    const since = performance.now();
    const names = topics.map((topic) => topicPrefix + topic);
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        await admin.fetchTopicMetadata({ topics: names });
        await this.#consumer.connect();
        return await this.#consumer.subscribe({ topics: names, fromBeginning: true });
      } catch (error) {
        const missing = [...causesOf(error)].some(({ type }) => type === 'UNKNOWN_TOPIC_OR_PARTITION');
        if (missing && performance.now() - since > missingTopicMs)
          throw new Error(`a topic is missing on the broker, one of ${names.join(', ')}: create the topics first`, {
            cause: error,
          });
        log.warn({ err: error, topics: names }, 'the consumer cannot reach its topics and tries again');
        await pauseFor(backOffMs(Math.min(attempt, 4)), this.#stopping.signal);
      }
    }
  }

  #handOver(listener: ConsumerListener, { batch, resolveOffset }: EachBatchPayload): Promise<void> {
    const last = batch.messages.at(-1);
    if (last === undefined) return Promise.resolve();
    // Only moves the place to fetch from; what is done is committed after the database transaction.
    resolveOffset(last.offset);
    const topic = batch.topic.slice(this.parts.topicPrefix.length);
    const records = batch.messages.map(({ offset, timestamp, key, headers, value }) => ({
      topic,
      partition: batch.partition,
      offset,
      timestamp,
      key,
      headers: headers ?? {},
      value,
    }));
    listener.onRecords({ topic, partition: batch.partition }, records);
    return Promise.resolve();
  }

  #partitionsOf(assignment: Readonly<Record<string, readonly number[]>>): TopicPartition[] {
    return Object.entries(assignment).flatMap(([name, partitions]) =>
      partitions.map((partition) => ({ topic: name.slice(this.parts.topicPrefix.length), partition })),
    );
  }
}
