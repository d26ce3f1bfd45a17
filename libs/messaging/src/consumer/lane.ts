import { type IncomingRecord, type TopicPartition } from '../broker.js';
import { PartitionQueue, type QueueParts } from './partition-queue.js';

/** One partition on its way through the database. */
export class Lane {
  readonly queue: PartitionQueue;
  progressAt = performance.now();

  constructor(
    readonly place: TopicPartition,
    parts: QueueParts,
  ) {
    this.queue = new PartitionQueue({
      ...parts,
      done: (record: IncomingRecord) => {
        this.progressAt = performance.now();
        parts.done(record);
      },
    });
  }
}
