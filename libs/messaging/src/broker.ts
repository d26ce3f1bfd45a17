/** What messaging needs of a broker. Topics carry their contract's name; a deployment's prefix is the adapter's business. */
export interface Broker {
  readonly producer: EventProducer;
  consumer(group: string, topics: readonly string[]): EventConsumer;
  /** Asks for the cluster's metadata, the cheapest question there is. */
  ping(): Promise<void>;
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  close(): Promise<void>;
}

export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface EventProducer {
  /**
   * Resolves once every record is on its topic, as far as the broker promises. One call at a time.
   * @throws {BrokerFailure}
   */
  sendBatch(records: readonly OutgoingRecord[]): Promise<void>;
}

/** Why the broker did not take something. Permanent: the same records will never be taken. */
export class BrokerFailure extends Error {
  override readonly name = 'BrokerFailure';
  constructor(
    message: string,
    readonly permanent: boolean,
    /** The broker itself said no, so it is not silent. */
    readonly answered: boolean,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

export type RecordHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

export interface IncomingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since the epoch, as the producer or the broker stamped it. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly headers: RecordHeaders;
  readonly value: Buffer | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export const placeOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

export interface PartitionLag extends TopicPartition {
  readonly committed: bigint;
  readonly end: bigint;
}

export interface Position extends TopicPartition {
  /** The offset of the next record to read. */
  readonly next: string;
}

export interface ConsumerListener {
  /** Called at every join, before any record of the new assignment. Whatever was handed over before is handed over again. */
  onAssigned(partitions: readonly TopicPartition[]): void;
  onRecords(partition: TopicPartition, records: readonly IncomingRecord[]): void;
  /** The consumer is dead and will not come back by itself. */
  onFatal(error: Error): void;
}

/** One membership in a group. It is started once and stopped once. */
export interface EventConsumer {
  /** Resolves after the first join, with the assignment known. */
  start(listener: ConsumerListener): Promise<void>;
  pause(partition: TopicPartition): void;
  resume(partition: TopicPartition): void;
  commit(positions: readonly Position[]): Promise<void>;
  stop(): Promise<void>;
}
