import { type OutgoingRecord } from '../broker.js';
import { type Tx } from '../database.js';

export interface OutboxRow extends OutgoingRecord {
  readonly position: string;
}

/** What one look at the outbox finds. */
export interface Look {
  /** The oldest events of some shards, those of each shard in the order in which they must be sent. */
  readonly rows: readonly OutboxRow[];
  /** The advisory locks of the name that was asked about, whoever holds them; undefined where none was. */
  readonly held: readonly number[] | undefined;
}

const waiting = `
  select oldest.*, null::integer as lock from unnest($1::smallint[]) as mine (shard)
  cross join lateral (
    select position, topic, key, headers, body from outbox
    where outbox.shard = mine.shard order by position limit $2
  ) as oldest`;

const withLocks = `${waiting}
  union all
  select null, null, null, null, null, objid::integer from pg_locks
  where locktype = 'advisory' and objsubid = 2 and classid = $3::bigint::oid and granted
    and database = (select oid from pg_database where datname = current_database())
  order by position`;

/** Reads at most `limit` events of each shard and, where a name is given, who holds its locks: one statement for both. */
export async function look(tx: Tx, shards: readonly number[], limit: number, lockName?: number): Promise<Look> {
  if (lockName === undefined) {
    const rows = await tx.query<OutboxRow>(`${waiting} order by position`, [shards, limit]);
    return { rows, held: undefined };
  }
  const found = await tx.query<OutboxRow & { readonly lock: number | null }>(withLocks, [shards, limit, lockName]);
  return {
    rows: found.filter(({ lock }) => lock === null),
    held: found.flatMap(({ lock }) => (lock === null ? [] : [lock])),
  };
}

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
