import { type Database, type DatabaseSession, type Tx } from '@kasir/messaging';
import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import { forgetPlan, prepared, type Statement } from './prepared-statements.js';

/** TypeORM's connections as messaging's database, past its own transactions: they make an entity manager and broadcast each step. */
export const typeormDatabase = (dataSource: DataSource): Database => ({
  async transaction(work) {
    const runner = dataSource.createQueryRunner();
    try {
      return await committed((await runner.connect()) as Connection, work);
    } finally {
      await runner.release();
    }
  },
  async session() {
    const runner = dataSource.createQueryRunner();
    const connection = (await runner.connect()) as Connection;
    return sessionOf(runner, connection);
  },
});

/** What is committed, for statements that only read: each on any connection, outside a transaction. */
export const committedData = (dataSource: DataSource): Tx => ({
  async query<Row>(sql: string, params?: readonly unknown[]) {
    const runner = dataSource.createQueryRunner();
    try {
      return await rowsOf<Row>((await runner.connect()) as Connection, sql, params);
    } finally {
      await runner.release();
    }
  },
});

async function committed<T>(connection: Connection, work: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = txOf(connection);
  await tx.query('begin');
  try {
    const result = await work(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    // Closed, not returned: what comes next from the pool must not run in this transaction.
    await tx.query('rollback').catch(() => void connection.end().catch(() => undefined));
    throw error;
  }
}

/** What we need of pg's client, which TypeORM hands out untyped. */
interface Connection {
  query(statement: Statement): Promise<{ readonly rows: unknown[] }>;
  once(event: 'error' | 'end', listener: (reason?: unknown) => void): void;
  end(): Promise<void>;
}

function txOf(connection: Connection): Tx {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]> {
      const rows = last.then(() => rowsOf<Row>(connection, sql, params));
      last = rows.catch(() => undefined);
      return rows;
    },
  };
}

/** Past TypeORM's own `query`, which takes half as much time again as pg's; a failure looks the same. */
async function rowsOf<Row>(connection: Connection, sql: string, params?: readonly unknown[]): Promise<Row[]> {
  const values = params && [...params];
  try {
    return (await connection.query(prepared(sql, values))).rows as Row[];
  } catch (error) {
    forgetPlan(sql, error);
    throw new QueryFailedError(sql, values, error as Error);
  }
}

function sessionOf(runner: QueryRunner, connection: Connection): DatabaseSession {
  const lost = new Promise<unknown>((resolve) => {
    connection.once('error', resolve);
    connection.once('end', resolve);
  });
  return {
    ...txOf(connection),
    lost,
    async release() {
      // Closed, not returned: a pooled connection would keep the locks of the session.
      await connection.end().catch(() => undefined);
      await runner.release().catch(() => undefined);
    },
  };
}
