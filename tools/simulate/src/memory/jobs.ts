import { type Lease } from '@kasir/payment-session/application/ports';
import { type Table } from './database.js';

/** A thing that is also work, as a row. */
export interface JobRow<Thing> {
  readonly thing: Thing;
  readonly dueAt: Date | undefined;
  readonly version: number;
  readonly tries: number;
  readonly causedBy: Lease<Thing>['causedBy'];
}

/** The rows of one kind of work, with the rules by which it is claimed. */
export class Jobs<Thing> {
  constructor(
    readonly rows: Table<JobRow<Thing>>,
    private readonly keyOf: (thing: Thing) => string,
    private readonly isOpen: (thing: Thing) => boolean,
  ) {}

  put(row: JobRow<Thing>): Promise<void> {
    this.rows.set(this.keyOf(row.thing), row);
    return Promise.resolve();
  }

  find(key: string): JobRow<Thing> | undefined {
    return this.rows.get(key);
  }

  things(isWanted: (thing: Thing) => boolean): Thing[] {
    return [...this.rows.values()].map(({ thing }) => thing).filter(isWanted);
  }

  claim(now: Date, until: Date, limit: number): Lease<Thing>[] {
    const due = [...this.rows.values()]
      .filter(({ thing, dueAt }) => this.isOpen(thing) && dueAt !== undefined && dueAt <= now)
      .sort((a, b) => Number(a.dueAt) - Number(b.dueAt))
      .slice(0, limit);
    return due.map((row) => {
      const claimed = { ...row, dueAt: until, version: row.version + 1, tries: row.tries + 1 };
      this.rows.set(this.keyOf(row.thing), claimed);
      return claimed;
    });
  }

  leased({ thing, version }: Lease<Thing>): Thing | undefined {
    const row = this.rows.get(this.keyOf(thing));
    return row !== undefined && row.version === version && this.isOpen(row.thing) ? row.thing : undefined;
  }

  again({ thing, version }: Lease<Thing>, dueAt: Date, counts: boolean): Promise<void> {
    const row = this.rows.get(this.keyOf(thing));
    if (row?.version === version) void this.put({ ...row, dueAt, tries: row.tries - (counts ? 0 : 1) });
    return Promise.resolve();
  }
}
