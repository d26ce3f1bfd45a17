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
