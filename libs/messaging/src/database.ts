/** One open transaction, or one connection: every statement answers with its rows. Those asked at once run one after the other. */
export interface Tx {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** A connection of its own, for locks that live as long as it does. */
export interface DatabaseSession extends Tx {
  /** Gives every lock of the session back and closes or returns the connection. Never throws. */
  release(): Promise<void>;
  /** Resolves with the reason when the server or the network took the connection away. */
  readonly lost: Promise<unknown>;
}

export interface Database {
  /** Commits when `work` resolves, rolls back when it rejects, and rejects with the original error. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  session(): Promise<DatabaseSession>;
}
