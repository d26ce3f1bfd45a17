/** Rows by key, as one transaction sees them. A row is replaced, never changed in place. */
export class Table<Row> extends Map<string, Row> {
  /** Keys that the transaction has written or locked. */
  readonly touched = new Set<string>();

  constructor(committed: ReadonlyMap<string, Row> = new Map()) {
    super();
    for (const [key, row] of committed) super.set(key, row);
  }

  /** Locks a row until the transaction ends, as `select … for update` does. */
  hold(key: string): Row | undefined {
    this.touched.add(key);
    return this.get(key);
  }

  override set(key: string, row: Row): this {
    this.touched.add(key);
    return super.set(key, row);
  }

  override delete(key: string): boolean {
    this.touched.add(key);
    return super.delete(key);
  }
}

type Tables = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** One transaction: it reads what was committed when it began and what it has written itself. */
export class Draft {
  readonly #tables = new Map<string, Table<unknown>>();

  constructor(
    private readonly committed: Tables,
    readonly since: number,
  ) {}

  table<Row>(name: string): Table<Row> {
    const table = this.#tables.get(name) ?? new Table(this.committed.get(name));
    this.#tables.set(name, table);
    return table as Table<Row>;
  }

  get tables(): ReadonlyMap<string, Table<unknown>> {
    return this.#tables;
  }
}

/** A row that a transaction wrote or locked was written or locked by another one meanwhile. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly code = '40001';
}

/** A database of one service, all in memory. */
export class Memory {
  #tables: Tables = new Map();
  readonly #versions = new Map<string, number>();
  #version = 0;

  begin(): Draft {
    return new Draft(this.#tables, this.#version);
  }

  /** @throws Conflict, and nothing of the transaction is kept */
  commit(draft: Draft): void {
    const touched = [...draft.tables].flatMap(([name, table]) =>
      [...table.touched].map((key) => ({ name, table, key, place: `${name}/${key}` })),
    );
    const changed = touched.find(({ place }) => (this.#versions.get(place) ?? 0) > draft.since);
    if (changed !== undefined) throw new Conflict(`${changed.place} was changed meanwhile`);
    this.#version += 1;
    const tables = new Map(this.#tables);
    for (const { name, table, key, place } of touched) {
      const rows = (tables.get(name) === this.#tables.get(name) ? new Map(tables.get(name)) : tables.get(name)) as Map<
        string,
        unknown
      >;
      if (table.has(key)) rows.set(key, table.get(key));
      else rows.delete(key);
      tables.set(name, rows);
      this.#versions.set(place, this.#version);
    }
    this.#tables = tables;
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
