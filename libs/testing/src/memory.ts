/** Rows by key. A row is replaced, never changed in place. */
export type Table<Row> = Map<string, Row>;

/** One transaction: it sees what it has written, and nobody else does before it is committed. */
export class Draft {
  readonly #touched = new Map<string, Table<unknown>>();

  constructor(private readonly committed: ReadonlyMap<string, Table<unknown>>) {}

  table<Row>(name: string): Table<Row> {
    const touched = this.#touched.get(name) ?? new Map(this.committed.get(name));
    this.#touched.set(name, touched);
    return touched as Table<Row>;
  }

  get changes(): ReadonlyMap<string, Table<unknown>> {
    return this.#touched;
  }
}

/** A database of one service, all in memory. */
export class Memory {
  readonly #tables = new Map<string, Table<unknown>>();

  begin(): Draft {
    return new Draft(this.#tables);
  }

  commit(draft: Draft): void {
    for (const [name, table] of draft.changes) this.#tables.set(name, table);
  }

  /** As committed. */
  rows<Row>(name: string): Row[] {
    return [...(this.#tables.get(name)?.values() ?? [])] as Row[];
  }
}

/** @returns whether the key was free; a row that is there stays */
export function insert<Row>(table: Table<Row>, key: string, row: Row): boolean {
  if (table.has(key)) return false;
  table.set(key, row);
  return true;
}

/** A thing that is also work, as a row. */
export interface JobRow<Thing> {
  readonly thing: Thing;
  readonly dueAt: Date | undefined;
  readonly version: number;
  readonly tries: number;
  readonly causedBy: { readonly id: string; readonly traceparent?: string | undefined } | undefined;
}

type Held<Thing> = Pick<JobRow<Thing>, 'thing' | 'version'>;

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

  claim(now: Date, until: Date, limit: number): JobRow<Thing>[] {
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

  leased({ thing, version }: Held<Thing>): Thing | undefined {
    const row = this.rows.get(this.keyOf(thing));
    return row !== undefined && row.version === version && this.isOpen(row.thing) ? row.thing : undefined;
  }

  again({ thing, version }: Held<Thing>, dueAt: Date, counts: boolean): Promise<void> {
    const row = this.rows.get(this.keyOf(thing));
    if (row?.version === version) void this.put({ ...row, dueAt, tries: row.tries - (counts ? 0 : 1) });
    return Promise.resolve();
  }
}
