import { columns, gathered, type Tx } from '@kasir/messaging';
import { type Inquired } from '../domain/inquiry-plan.js';

interface InquiryRow {
  due_at: Date | null;
  asked: number;
  hurry_until: Date | null;
  hurries: number;
  lease_version: number;
  leased_until: Date | null;
}

const inquiryTypes = {
  ...{ due_at: 'timestamptz', asked: 'integer', hurry_until: 'timestamptz', hurries: 'integer' },
  ...{ lease_version: 'integer', leased_until: 'timestamptz' },
};

const inquiryCells = ({ plan, lease }: Inquired): unknown[] => [
  ...[plan?.dueAt, plan?.asked ?? 0, plan?.hurryUntil, plan?.hurries ?? 0, lease.version, lease.until],
];

const toInquired = (row: InquiryRow): Inquired => ({
  plan:
    row.due_at === null
      ? null
      : { dueAt: row.due_at, asked: row.asked, hurryUntil: row.hurry_until, hurries: row.hurries },
  lease: { version: row.lease_version, until: row.leased_until },
});

export interface InquiredTable<Row, Thing extends Inquired> {
  readonly name: string;
  readonly key: string & keyof Row;
  readonly keyOf: (thing: Thing) => string;
  /** Its own columns with their types. */
  readonly types: Readonly<Record<string, string>>;
  /** In the order of the types. */
  readonly cellsOf: (thing: Thing) => readonly unknown[];
  readonly read: (row: Row, inquired: Inquired) => Thing;
}

/** Called with each moment at which an inquiry is due, once it is committed. */
export type DueAt = (at: Date) => void;

/** Rows that Antom is inquired about: whoever names one first makes it, and each is leased to one instance at a time. */
export class InquiredRows<Row, Thing extends Inquired> {
  constructor(
    protected readonly tx: Tx,
    private readonly table: InquiredTable<Row, Thing>,
    private readonly dueAt: DueAt,
  ) {}

  readonly lock = gathered((ids: readonly string[]) => this.lockAll(ids));
  readonly save = gathered((things: readonly Thing[]) => this.saveAll(things));

  async claimDue(now: Date, until: Date, limit: number): Promise<Thing[]> {
    const { name, key } = this.table;
    return this.read(
      `update ${name} set leased_until = $2, lease_version = lease_version + 1
       where ${key} in (
         select ${key} from ${name} where due_at <= $1 and (leased_until is null or leased_until <= $1)
         order by due_at limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
  }

  protected async read(sql: string, params: readonly unknown[]): Promise<Thing[]> {
    const rows = await this.tx.query<Row & InquiryRow>(sql, params);
    return rows.map((row) => this.table.read(row, toInquired(row)));
  }

  private async lockAll(ids: readonly string[]): Promise<Thing[]> {
    const { name, key } = this.table;
    const known = await this.locked(ids);
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      await this.tx.query(
        `insert into ${name} (${key}, status)
         select id, 'expected' from unnest($1::text[]) as id order by id on conflict do nothing`,
        [unknown],
      );
      for (const [id, thing] of await this.locked(unknown)) known.set(id, thing);
    }
    return ids.map((id) => {
      const thing = known.get(id);
      if (thing === undefined) throw new Error(`${id} vanished from ${name} between two statements`);
      return thing;
    });
  }

  private async locked(ids: readonly string[]): Promise<Map<string, Thing>> {
    const { name, key, keyOf } = this.table;
    const things = await this.read(`select * from ${name} where ${key} = any($1) order by ${key} for update`, [ids]);
    return new Map(things.map((thing) => [keyOf(thing), thing]));
  }

  private async saveAll(things: readonly Thing[]): Promise<undefined> {
    const { name, key, keyOf, types, cellsOf } = this.table;
    const [names, places] = [Object.keys({ ...types, ...inquiryTypes }), Object.values({ ...types, ...inquiryTypes })];
    await this.tx.query(
      `update ${name} as known set ${names.map((column) => `${column} = now.${column}`).join(', ')}
       from unnest($1::text[], ${places.map((type, place) => `$${place + 2}::${type}[]`).join(', ')})
         as now (${[key, ...names].join(', ')}) where known.${key} = now.${key}`,
      columns(things, (thing) => [keyOf(thing), ...cellsOf(thing), ...inquiryCells(thing)]),
    );
    for (const { plan } of things) if (plan !== null) this.dueAt(plan.dueAt);
  }
}

export const json = (value: object | null | undefined): string | null => (value == null ? null : JSON.stringify(value));
