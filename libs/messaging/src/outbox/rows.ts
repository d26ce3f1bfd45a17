import { type OutgoingRecord } from '../broker.js';
import { type Tx } from '../database.js';

export interface OutboxRow extends OutgoingRecord {
  readonly position: string;
}

/** The oldest events that wait to be sent, in the order in which they must be. */
export const waitingRows = (tx: Tx, limit: number): Promise<OutboxRow[]> =>
  tx.query<OutboxRow>(`select position, topic, key, headers, body from outbox order by position limit $1`, [limit]);

export const deleteRows = (tx: Tx, rows: readonly OutboxRow[]): Promise<unknown> =>
  tx.query(`delete from outbox where position = any($1::bigint[])`, [rows.map(({ position }) => position)]);

/** Sets an event aside that the broker will never take, so that others pass. */
export const buryRow = (tx: Tx, { position }: OutboxRow, reason: string, at: Date): Promise<unknown> =>
  tx.query(
    `with taken as (delete from outbox where position = $1 returning *)
     insert into outbox_dead select taken.*, $2, $3 from taken`,
    [position, reason, at],
  );
