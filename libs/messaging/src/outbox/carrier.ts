import { type Clock } from '@kasir/kernel';
import { type Broker, BrokerFailure } from '../broker.js';
import { type Passing } from '../crash-points.js';
import { type DatabaseSession } from '../database.js';
import { type Log } from '../log.js';
import { firstBatch } from './batches.js';
import { buryRow, deleteRows, type OutboxRow } from './rows.js';
import { type ShardLocks } from './shard-locks.js';
import { type Silence } from './silence.js';

export interface CarrierParts {
  readonly broker: Broker;
  readonly log: Log;
  readonly clock: Clock;
  readonly passing?: Passing;
}

export interface Carried {
  readonly count: number;
  /** The positions of those that the broker took and that are still in the outbox. */
  readonly acknowledged: readonly string[];
}

/** Reads and deletes only through the session that owns the shards: who lost them can neither read nor delete. */
export class Carrier {
  constructor(
    private readonly parts: CarrierParts,
    private readonly session: DatabaseSession,
    private readonly locks: ShardLocks,
    private readonly silence: Silence,
  ) {}

  /**
   * Sends the oldest of some events, as many as one call may carry.
   * @throws BrokerFailure when the broker did not take them: they still wait
   */
  async carry(rows: readonly OutboxRow[]): Promise<Carried> {
    const batch = firstBatch(rows);
    if (batch.length === 0) return { count: 0, acknowledged: [] };
    try {
      await this.#send(batch);
      this.parts.passing?.('relay-after-send');
      return { count: batch.length, acknowledged: batch.map(({ position }) => position) };
    } catch (error) {
      if (!isPermanent(error)) throw error;
      await this.#carryOneByOne(batch);
      return { count: batch.length, acknowledged: [] };
    }
  }

  async #carryOneByOne(batch: readonly OutboxRow[]): Promise<void> {
    const { log, clock, passing } = this.parts;
    for (const row of batch) {
      try {
        await this.#send([row]);
        passing?.('relay-between-singles');
        await deleteRows(this.session, [row.position]);
      } catch (error) {
        if (!isPermanent(error)) throw error;
        await buryRow(this.session, row, error.message, clock.now());
        passing?.('relay-after-burial');
        log.error(
          { err: error, topic: row.topic, key: row.key, position: row.position },
          'an event will never be sent',
        );
      }
    }
  }

  #send(rows: readonly OutboxRow[]): Promise<void> {
    const { broker, passing } = this.parts;
    passing?.('relay-before-send');
    return this.locks.alive(() =>
      this.silence.ask(() => {
        // By then the request is written and cannot have been answered yet.
        if (passing !== undefined) setImmediate(passing, 'relay-during-send');
        return broker.producer.sendBatch(rows);
      }, wasAnswered),
    );
  }
}

const isPermanent = (error: unknown): error is BrokerFailure => error instanceof BrokerFailure && error.permanent;

/** Whether a failure is the broker's own word. */
export const wasAnswered = (error: unknown): boolean => error instanceof BrokerFailure && error.answered;
