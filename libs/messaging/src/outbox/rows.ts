import { type OutgoingRecord } from '../broker.js';
import { type Tx } from '../database.js';

export interface OutboxRow extends OutgoingRecord {
  readonly position: string;
}

export interface LookFor {
  readonly shards: readonly number[];
  /** How many events of each shard to read at most. */
  readonly limit: number;
  /** The positions that the broker has acknowledged: the look deletes them. */
  readonly acknowledged: readonly string[];
  /** Asks also who holds the advisory locks of this name. */
  readonly lockName?: number | undefined;
}

export interface Look {
  /** The oldest events of the shards, those of each shard in the order in which they must be sent. */
  readonly rows: readonly OutboxRow[];
  /** The locks of the name, whoever holds them; undefined where none was asked for. */
  readonly held: readonly number[] | undefined;
}

// The delete does not show in the snapshot of its own statement.
const waiting = `
  with deleted as (delete from outbox where position = any($3::bigint[]))
  select oldest.*, null::integer as lock from unnest($1::smallint[]) as mine (shard)
  cross join lateral (
    select position, topic, key, headers, body from outbox
    where outbox.shard = mine.shard and position not in (select unnest($3::bigint[]))
    order by position limit $2
  ) as oldest`;

const withLocks = `${waiting}
  union all
  select null, null, null, null, null, objid::integer from pg_locks
  where locktype = 'advisory' and objsubid = 2 and classid = $4::bigint::oid and granted
    and database = (select oid from pg_database where datname = current_database())
  order by position`;

/** Deletes what was acknowledged, reads what waits and, where asked, who holds the locks: one statement for all. */
export async function look(tx: Tx, { shards, limit, acknowledged, lockName }: LookFor): Promise<Look> {
  const params = [shards, limit, acknowledged];
  if (lockName === undefined)
    return { rows: await tx.query<OutboxRow>(`${waiting} order by position`, params), held: undefined };
  const found = await tx.query<OutboxRow & { readonly lock: number | null }>(withLocks, [...params, lockName]);
  return {
    rows: found.filter(({ lock }) => lock === null),
    held: found.flatMap(({ lock }) => (lock === null ? [] : [lock])),
  };
}

export const deleteRows = (tx: Tx, positions: readonly string[]): Promise<unknown> =>
  tx.query(`delete from outbox where position = any($1::bigint[])`, [positions]);

/** Sets an event aside that the broker will never take, so that others pass. */
export const buryRow = (tx: Tx, { position }: OutboxRow, reason: string, at: Date): Promise<unknown> =>
  tx.query(
    `with taken as (delete from outbox where position = $1 returning *)
     insert into outbox_dead (position, event_id, topic, key, headers, body, said_at, reason, died_at)
     select position, event_id, topic, key, headers, body, said_at, $2, $3 from taken`,
    [position, reason, at],
  );
