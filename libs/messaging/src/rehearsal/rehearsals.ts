import { AsyncLocalStorage } from 'node:async_hooks';
import { type Database, type Tx } from '../database.js';

/** Work in transactions that are rolled back, so that the code has run before it counts. */
export class Rehearsals {
  readonly #current = new AsyncLocalStorage<Tx>();

  constructor(private readonly transaction: Database['transaction']) {}

  /** The transaction of the rehearsal that the caller runs in. */
  get tx(): Tx | undefined {
    return this.#current.getStore();
  }

  /** @throws what `work` throws */
  async run(work: (tx: Tx) => Promise<void>, signal?: AbortSignal): Promise<void> {
    const rollback = new Error('rolled back');
    await this.transaction(async (tx) => {
      const open = new OpenTx(tx, signal);
      await this.#current.run(open, () => work(open)).finally(() => open.end());
      throw rollback;
    }).catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  }
}

/** Refuses statements after its end: they would be committed at once, each by itself. */
class OpenTx implements Tx {
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly tx: Tx,
    private readonly signal: AbortSignal | undefined,
  ) {}

  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]> {
    if (this.#ended || this.signal?.aborted === true) return Promise.reject(new Error('the rehearsal is over'));
    const rows = this.tx.query<Row>(sql, params);
    this.#last = rows.catch(() => undefined);
    return rows;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }
}
