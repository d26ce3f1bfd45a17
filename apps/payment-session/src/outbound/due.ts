import { type Tx } from '@kasir/messaging';
import { type CausedBy, type Lease } from '../application/ports.js';

/** What every row that is also a job has. */
export interface JobRow {
  lease_version: number;
  tries: number;
  caused_by: string | null;
  traceparent: string | null;
}

/** Where the jobs of one kind are; all of it is our own text. */
export interface JobTable {
  readonly name: string;
  readonly key: string;
  /** Which of them may be worked on. */
  readonly open: string;
}

/** Hears of each moment at which a row of one kind is due, once it is committed. */
export type DueAt = (at: Date) => void;

/** Takes what is due and keeps others off it until `until`. */
export const claim = <Row>(
  tx: Tx,
  { name, key, open }: JobTable,
  [now, until, limit]: readonly [Date, Date, number],
): Promise<Row[]> =>
  tx.query<Row>(
    `update ${name} set next_try_at = $2, lease_version = lease_version + 1, tries = tries + 1
     where ${key} in (
       select ${key} from ${name} where ${open} and next_try_at <= $1
       order by next_try_at limit $3 for update skip locked)
     returning *`,
    [now, until, limit],
  );

/** The row, locked, if nobody has claimed it or begun it anew since. */
export const leasedRow = async <Row>(
  tx: Tx,
  { name, key, open }: JobTable,
  id: string,
  version: number,
): Promise<Row | undefined> => {
  const [row] = await tx.query<Row>(
    `select * from ${name} where ${key} = $1 and lease_version = $2 and ${open} for update`,
    [id, version],
  );
  return row;
};

/** @param counts false gives the try back */
export const again = async (
  tx: Tx,
  { name, key }: JobTable,
  id: string,
  { version, at, counts }: { version: number; at: Date; counts: boolean },
): Promise<void> => {
  await tx.query(
    `update ${name} set next_try_at = $3, tries = tries - case when $4 then 0 else 1 end
     where ${key} = $1 and lease_version = $2`,
    [id, version, at, counts],
  );
};

export const leaseOf = <Thing>(thing: Thing, row: JobRow): Lease<Thing> => ({
  thing,
  version: row.lease_version,
  tries: row.tries,
  causedBy: causeOf(row),
});

const causeOf = ({ caused_by: id, traceparent }: JobRow): CausedBy =>
  id === null ? undefined : { id, ...(traceparent === null ? {} : { traceparent }) };
