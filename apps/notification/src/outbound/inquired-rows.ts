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

const toInquired = ({ due_at: dueAt, asked, hurry_until, hurries, ...row }: InquiryRow): Inquired => ({
  plan: dueAt === null ? null : { dueAt, asked, hurryUntil: hurry_until, hurries },
  lease: { version: row.lease_version, until: row.leased_until },
});

const snakeCased = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A table whose columns are named like the properties of what it keeps. */
export interface InquiredTable<Thing extends Inquired> {
  readonly name: string;
  readonly key: string & keyof Thing;
  /** Every other property but those of `Inquired`, with the type of its column. */
  readonly types: Readonly<Partial<Record<keyof Thing, string>>>;
}

/** Called with each moment at which an inquiry is due, once it is committed. */
export type DueAt = (at: Date) => void;

/** Rows that Antom is inquired about: the first to name one makes it, and each is leased to one instance at a time. */
export class InquiredRows<Thing extends Inquired> {
  readonly #key: string;

  constructor(
    private readonly tx: Tx,
    private readonly table: InquiredTable<Thing>,
    private readonly dueAt: DueAt,
  ) {
    this.#key = snakeCased(table.key);
  }

  readonly lock = gathered((ids: readonly string[]) => this.lockAll(ids));
  readonly save = gathered((things: readonly Thing[]) => this.saveAll(things));

  async claimDue(now: Date, until: Date, limit: number): Promise<Thing[]> {
    const { name } = this.table;
    return this.read(
      `update ${name} set leased_until = $2, lease_version = lease_version + 1
       where ${this.#key} in (
         select ${this.#key} from ${name} where due_at <= $1 and (leased_until is null or leased_until <= $1)
         order by due_at limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
  }

  protected async read(sql: string, params: readonly unknown[]): Promise<Thing[]> {
    const rows = await this.tx.query<InquiryRow & Record<string, unknown>>(sql, params);
    const names = [this.table.key, ...Object.keys(this.table.types)];
    return rows.map((row) => {
      const own = Object.fromEntries(names.map((name) => [name, row[snakeCased(name)]]));
      return { ...own, ...toInquired(row) } as Thing;
    });
  }

  private async lockAll(ids: readonly string[]): Promise<Thing[]> {
    const { name } = this.table;
    const known = await this.locked(ids);
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      await this.tx.query(
        `insert into ${name} (${this.#key}, status)
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

  private async locked(ids: readonly string[]): Promise<Map<unknown, Thing>> {
    const sql = `select * from ${this.table.name} where ${this.#key} = any($1) order by ${this.#key} for update`;
    return new Map((await this.read(sql, [ids])).map((thing) => [thing[this.table.key], thing]));
  }

  private async saveAll(things: readonly Thing[]): Promise<undefined> {
    const { name, key, types } = this.table;
    const own = Object.entries(types) as [keyof Thing & string, string][];
    const all = [...own.map(([property, type]) => [snakeCased(property), type]), ...Object.entries(inquiryTypes)];
    await this.tx.query(
      `update ${name} as known set ${all.map(([column]) => `${column} = now.${column}`).join(', ')}
       from unnest($1::text[], ${all.map(([, type], place) => `$${place + 2}::${type}[]`).join(', ')})
         as now (${[this.#key, ...all.map(([column]) => column)].join(', ')}) where known.${this.#key} = now.${this.#key}`,
      columns(things, (thing) => [
        thing[key],
        ...own.map(([property, type]) => (type === 'jsonb' ? json(thing[property]) : thing[property])),
        ...inquiryCells(thing),
      ]),
    );
    for (const { plan } of things) if (plan !== null) this.dueAt(plan.dueAt);
  }
}

export const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
