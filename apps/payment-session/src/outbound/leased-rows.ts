import { type Tx } from '@kasir/messaging';
import { type CausedBy, type Lease } from '../application/ports.js';

/** The columns that make a row a job. */
export interface Columns {
  readonly dueAt: string;
  readonly version: string;
  readonly tries: string;
  readonly causedBy: string;
  readonly traceparent: string;
}

const columns = (prefix: '' | 'cancel_'): Columns => ({
  dueAt: prefix === '' ? 'next_try_at' : 'cancel_due_at',
  version: `${prefix}lease_version`,
  tries: prefix === '' ? 'tries' : 'cancel_round',
  causedBy: `${prefix}caused_by`,
  traceparent: `${prefix}traceparent`,
});

export const ownJob = columns('');
export const cancelJob = columns('cancel_');

/** Where the jobs of one kind are; all of it is our own text. */
export interface JobTable<Row, Thing> {
  readonly name: string;
  readonly key: string;
  readonly columns: Columns;
  /** Which of them may be worked on. */
  readonly open: string;
  /** Which of those may be claimed, where that is not all of them. */
  readonly claimable?: string;
  readonly read: (row: Row) => Thing;
  readonly keyOf: (thing: Thing) => string;
}

/** Called for each moment at which a row of one kind is due, once it is committed. */
export type DueAt = (at: Date) => void;

/** Rows that are also jobs, each leased to one worker at a time. */
export class LeasedRows<Row extends object, Thing> {
  constructor(
    protected readonly tx: Tx,
    private readonly table: JobTable<Row, Thing>,
    protected readonly dueAt: DueAt,
  ) {}

  async claimDue(now: Date, until: Date, limit: number): Promise<Lease<Thing>[]> {
    const { name, key, open, claimable = open, columns } = this.table;
    const { dueAt, version, tries } = columns;
    const rows = await this.tx.query<Row>(
      `update ${name} set ${dueAt} = $2, ${version} = ${version} + 1, ${tries} = ${tries} + 1
       where ${key} in (
         select ${key} from ${name} where ${claimable} and ${dueAt} <= $1
         order by ${dueAt} limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
    return rows.map((row) => leaseOf(this.table.read(row), row, columns));
  }

  /** Undefined where it was claimed or begun anew since. */
  async leased({ thing, version }: Lease<Thing>): Promise<Thing | undefined> {
    const { name, key, open, columns, read, keyOf } = this.table;
    const [row] = await this.tx.query<Row>(
      `select * from ${name} where ${key} = $1 and ${columns.version} = $2 and ${open} for update`,
      [keyOf(thing), version],
    );
    return row === undefined ? undefined : read(row);
  }

  /** @param counts false gives the try back */
  async tryAgainAt({ thing, version }: Lease<Thing>, at: Date, counts: boolean): Promise<void> {
    const { name, key, columns, keyOf } = this.table;
    await this.tx.query(
      `update ${name} set ${columns.dueAt} = $3, ${columns.tries} = ${columns.tries} - case when $4 then 0 else 1 end
       where ${key} = $1 and ${columns.version} = $2`,
      [keyOf(thing), version, at, counts],
    );
    this.dueAt(at);
  }
}

function leaseOf<Thing>(thing: Thing, row: object, { version, tries, causedBy, traceparent }: Columns): Lease<Thing> {
  const cells = row as Readonly<Record<string, number | string | null>>;
  const cause = causeOf(cells[causedBy], cells[traceparent]);
  return { thing, version: Number(cells[version]), tries: Number(cells[tries]), causedBy: cause };
}

const causeOf = (id: unknown, traceparent: unknown): CausedBy =>
  typeof id === 'string' ? { id, ...(typeof traceparent === 'string' ? { traceparent } : {}) } : undefined;
