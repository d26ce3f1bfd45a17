import { type Database, type DatabaseSession, type Tx } from '@kasir/messaging';
import { type DataSource, type QueryRunner } from 'typeorm';

/** TypeORM's connections as messaging's database. */
export const typeormDatabase = (dataSource: DataSource): Database => ({
  async transaction(work) {
    return dataSource.transaction((manager) => {
      if (manager.queryRunner === undefined) throw new Error('a transaction of TypeORM without its connection');
      return work(txOf(manager.queryRunner));
    });
  },
  async session() {
    const runner = dataSource.createQueryRunner();
    const connection = (await runner.connect()) as Connection;
    return sessionOf(runner, connection);
  },
});

/** What we need of pg's client, which TypeORM hands out untyped. */
interface Connection {
  once(event: 'error' | 'end', listener: (reason?: unknown) => void): void;
  end(): Promise<void>;
}

/** TypeORM answers with rows for one statement and with [rows, count] for another; its structured result always has the rows. */
const txOf = (runner: QueryRunner): Tx => ({
  async query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]> {
    const result = await runner.query(sql, params === undefined ? undefined : [...params], true);
    return result.records as Row[];
  },
});

function sessionOf(runner: QueryRunner, connection: Connection): DatabaseSession {
  const lost = new Promise<unknown>((resolve) => {
    connection.once('error', resolve);
    connection.once('end', resolve);
  });
  return {
    ...txOf(runner),
    lost,
    async release() {
      // Closed, not returned: a pooled connection would keep the locks of the session.
      await connection.end().catch(() => undefined);
      await runner.release().catch(() => undefined);
    },
  };
}
