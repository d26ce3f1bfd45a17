import { type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Database } from '../database.js';
import { type Log } from '../log.js';
import { pauseFor, within } from '../waiting.js';

export interface PruningParts {
  readonly consumer: string;
  readonly topics: readonly TopicContract[];
  readonly transaction: Database['transaction'];
  readonly log: Log;
  readonly clock: Clock;
}

const everyMs = 3_600_000;
const stopMs = 5_000;
const dayMs = 86_400_000;
/** So few that nobody waits for the disk because of them. */
const together = 1_000;

// Several instances prune at once; what another has in hand is its business.
const forget = `
  delete from inbox where (consumer, event_id) in (
    select consumer, event_id from inbox
    where consumer = $1 and topic = $2 and received_at < $3 limit ${together}
    for update skip locked
  )
  returning 1`;

/**
 * Forgets receipts whose messages cannot come again, in the background. Kafka deletes whole segments, so a message may
 * outlive the retention of its topic by the age of a segment: a receipt lives twice as long as that. Receipts of topics
 * that are kept for ever are kept for ever.
 */
export class Pruning {
  pruned = 0;
  readonly #stopping = new AbortController();
  #work: Promise<void> | undefined;

  constructor(private readonly parts: PruningParts) {}

  start(): void {
    this.#work ??= this.#prune();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await within(stopMs, this.#work ?? Promise.resolve());
  }

  /** Forgets everything that may be forgotten now. */
  async round(): Promise<void> {
    const { topics, consumer, clock } = this.parts;
    for (const { name, retention } of topics) {
      if (retention === 'for ever') continue;
      const before = new Date(clock.now().getTime() - 2 * retention.days * dayMs);
      for (let count = together; count === together && !this.#stopping.signal.aborted; this.pruned += count)
        count = (await this.parts.transaction((tx) => tx.query(forget, [consumer, name, before]))).length;
    }
  }

  async #prune(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.round().catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'old receipts could not be forgotten; tried again in an hour'),
      );
      await pauseFor(everyMs, this.#stopping.signal);
    }
  }
}
