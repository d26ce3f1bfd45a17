import { type TopicPartition } from '../broker.js';

export interface PartitionStats extends TopicPartition {
  /** Messages on the topic that this group has not committed, as of the last look. */
  readonly lag: number;
  /** Fetched and waiting for the database. */
  readonly queued: number;
  readonly msSinceProgress: number;
}

export interface ConsumerStats {
  readonly partitions: readonly PartitionStats[];
  readonly applied: number;
  /** Messages that the inbox knew already. */
  readonly repeated: number;
  /** Messages that were put behind a dead letter of their key. */
  readonly waiting: number;
  readonly deadLetters: number;
  readonly unknownTypes: number;
  /** Fields that no contract names, which were dropped from the events. */
  readonly unknownFields: number;
  readonly sequenceGaps: number;
  readonly sequenceRepeats: number;
  /** How often it joined its group anew because it stood still. */
  readonly restarts: number;
  /** Receipts that were forgotten because their messages cannot come again. */
  readonly receiptsPruned: number;
}
