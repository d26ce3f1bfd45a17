import { setTimeout as pause } from 'node:timers/promises';
import { bearingLosses } from '@kasir/kernel';
import { ConfigError, type Logger } from '@kasir/platform';
import { DataSource, type MigrationInterface } from 'typeorm';
import { orAborted } from './or-aborted.js';

export type Migration = new () => MigrationInterface;

export interface DataSourceLimits {
  /** How many connections at most; 10 by default. */
  readonly poolSize?: number;
  /** How long a statement may take, in milliseconds; 0 for as long as it takes. */
  readonly statementMs?: number;
  readonly lockMs?: number;
}

/** Statements are our own SQL; TypeORM brings migrations, the pool and transactions. */
export const dataSourceOf = (
  url: string,
  migrations: readonly Migration[],
  applicationName: string,
  { poolSize = 10, statementMs = 10_000, lockMs = 5_000 }: DataSourceLimits = {},
): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName,
    entities: [],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    poolSize,
    extra: {
      ...bearingLosses,
      // Connections are kept: after the 10 s of pg-pool's default, a steady load connects anew all the time.
      idleTimeoutMillis: 0,
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
      connectionTimeoutMillis: 2_000,
      statement_timeout: statementMs,
      // The server's own limit is of no use when the network swallows its answer.
      query_timeout: statementMs && statementMs + 2_000,
      lock_timeout: lockMs,
      idle_in_transaction_session_timeout: 15_000,
    },
  });

/**
 * Connects, and asks again for half a minute while nobody answers.
 * @throws naming the server that was asked; the signal's reason when it is aborted
 */
export async function connect(
  dataSource: DataSource,
  url: string,
  logger: Logger,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { host } = new URL(url);
  for (let tries = 1; ; tries++) {
    try {
      await orAborted(signal, initialized(dataSource, signal));
      return;
    } catch (cause) {
      signal.throwIfAborted();
      if (tries === 15 || !isUnreachable(cause)) throw new Error(`PostgreSQL at ${host} does not let us in`, { cause });
      logger.warn({ err: cause }, `PostgreSQL at ${host} does not answer yet`);
      await pause(2_000, undefined, { signal });
    }
  }
}

/** Also closes what is connected only after the start was given up. */
async function initialized(dataSource: DataSource, signal: AbortSignal): Promise<void> {
  await dataSource.initialize();
  if (signal.aborted) await dataSource.destroy();
}

/** 57P03: the server is starting up. A server that takes too long has no code at all in pg. */
const isUnreachable = (error: unknown): boolean => {
  const { code = '', message } = error as { code?: string; message: string };
  return (
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03'].includes(code) ||
    message.includes('connection timeout')
  );
};

/** @throws ConfigError naming what to run when the database is older than the program */
export async function requireMigrations(dataSource: DataSource, service: string): Promise<void> {
  if (await dataSource.showMigrations())
    throw new ConfigError(
      service,
      `its database is older than the program: run its migrations first, with node apps/${service}/dist/src/migrate.js`,
    );
}
