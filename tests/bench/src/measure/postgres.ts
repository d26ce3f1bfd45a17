import { bearLosses } from '@kasir/kernel';
import pg from 'pg';

export interface DatabaseReading {
  readonly statements: number;
  readonly commits: number;
  readonly commitsWithSubscriber: number;
  readonly fsyncs: number;
}

export interface DatabaseMeter {
  read(): Promise<DatabaseReading>;
  /** What was asked how often and for how long, by database; the most expensive first. */
  statements(): Promise<Readonly<Record<string, readonly Statement[]>>>;
  resetStatements(): Promise<void>;
  close(): Promise<void>;
}

export interface Statement {
  readonly text: string;
  readonly calls: number;
  readonly milliseconds: number;
}

const counters = `
  select
    (select coalesce(sum(calls), 0) from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = any($1))::float8 as statements,
    (select coalesce(sum(xact_commit), 0) from pg_stat_database
      where datname = any($1) and datname <> all($2))::float8 as commits,
    (select coalesce(sum(xact_commit), 0) from pg_stat_database where datname = any($1))::float8 as "commitsWithSubscriber",
    (select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal')::float8 as fsyncs`;

const byText = `
  select d.datname as database, s.query as text, s.calls::float8 as calls, s.total_exec_time as milliseconds
  from pg_stat_statements s join pg_database d on d.oid = s.dbid
  where d.datname = any($1) order by s.total_exec_time desc`;

/** Reads from the database of the administrator, which is none of those that are counted. */
export async function openDatabaseMeter(
  adminUrl: string,
  databases: readonly string[],
  subscriberDatabases: readonly string[],
): Promise<DatabaseMeter> {
  const client = bearLosses(new pg.Client({ connectionString: adminUrl }));
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create extension if not exists pg_stat_statements');
  return {
    read: async () => (await client.query<DatabaseReading>(counters, [databases, subscriberDatabases])).rows[0]!,
    async statements() {
      const { rows } = await client.query<Statement & { database: string }>(byText, [databases]);
      return Object.fromEntries(
        Object.entries(Object.groupBy(rows, ({ database }) => database)).map(([database, of]) => [
          database,
          of!.map(({ text, calls, milliseconds }) => ({ text, calls, milliseconds })),
        ]),
      );
    },
    resetStatements: async () => void (await client.query('select pg_stat_statements_reset()')),
    close: () => client.end(),
  };
}
