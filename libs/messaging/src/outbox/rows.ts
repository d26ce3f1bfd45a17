import { type OutgoingRecord } from '../broker.js';
import { type Tx } from '../database.js';

export interface OutboxRow extends OutgoingRecord {
  readonly position: string;
}

/** The oldest events of some shards, at most `limit` of each, those of each shard in the order in which they must be sent. */
export const waitingRows = (tx: Tx, shards: readonly number[], limit: number): Promise<OutboxRow[]> =>
  tx.query<OutboxRow>(
    `select oldest.* from unnest($1::smallint[]) as mine (shard)
     cross join lateral (
       select position, topic, key, headers, body from outbox
       where outbox.shard = mine.shard order by position limit $2
     ) as oldest
     order by position`,
    [shards, limit],
  );

export const deleteRows = (tx: Tx, rows: readonly OutboxRow[]): Promise<unknown> =>
  tx.query(`delete from outbox where position = any($1::bigint[])`, [rows.map(({ position }) => position)]);

/** Sets an event aside that the broker will never take, so that others pass. */
export const buryRow = (tx: Tx, { position }: OutboxRow, reason: string, at: Date): Promise<unknown> =>
  tx.query(
    `with taken as (delete from outbox where position = $1 returning *)
     insert into outbox_dead (position, event_id, topic, key, headers, body, said_at, reason, died_at)
     select position, event_id, topic, key, headers, body, said_at, $2, $3 from taken`,
    [position, reason, at],
  );
