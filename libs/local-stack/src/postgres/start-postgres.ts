import { join, resolve } from 'node:path';
import { bearLosses } from '@kasir/kernel';
import pg from 'pg';
import { beginLife, type ServerLife, somebodyElses } from '../processes/server-life.js';
import { type GuardedProcess, spawnGuarded } from '../processes/spawn-guarded.js';
import { onFreePort, startUntilReady } from '../processes/until-ready.js';
import { postgresDistribution } from './binaries.js';
import { cleanEnvironment, type Cluster, openCluster } from './cluster.js';
import { dataPlace, runnablePlace } from './place.js';
import { postgresAccount } from './unprivileged.js';

export interface PostgresOptions {
  /** Keeps the data, its log and the password; what is found there is used again. */
  readonly folder: string;
  /** A server that runs already; nothing is started then. */
  readonly adminUrl?: string | undefined;
  /** Tried first, 5432 unless given; 0 means any free one. */
  readonly port?: number;
  /** Whether commits survive a power failure (a killed process they survive anyway). */
  readonly fsync?: boolean;
  /** Lets clients in through a socket in the folder, which costs the machine less than TCP does; `adminUrl` is its address then. */
  readonly socket?: boolean;
  /** By their names in postgresql.conf, such as `shared_preload_libraries`; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Hears what takes longer than a moment. */
  readonly log?: (line: string) => void;
}

export interface PostgresHandle extends ServerLife {
  /** For a superuser of our own server, or as it was given. */
  readonly adminUrl: string;
  /** As the server reports it, such as "18.4". */
  readonly version: string;
  readonly kind: 'external' | 'embedded';
  /** One sentence: which way was taken. */
  readonly describe: string;
  /** Undefined for a server that is not ours. */
  readonly logFile: string | undefined;
}

/**
 * A real PostgreSQL: the one at `adminUrl`, or one of our own on 127.0.0.1.
 * @throws when it cannot be started or reached, with the reason
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresHandle> {
  return options.adminUrl === undefined ? embedded(options) : external(options.adminUrl);
}

async function external(adminUrl: string): Promise<PostgresHandle> {
  const version = await reportedVersion(adminUrl).catch((cause: unknown) => {
    throw new Error('PostgreSQL does not answer at POSTGRES_ADMIN_URL', { cause });
  });
  const describe = `PostgreSQL ${version} at ${new URL(adminUrl).host} (POSTGRES_ADMIN_URL)`;
  return { ...somebodyElses('PostgreSQL'), adminUrl, version, kind: 'external', describe, logFile: undefined };
}

async function embedded({ folder, port: wanted = 5432, log, ...options }: PostgresOptions): Promise<PostgresHandle> {
  const account = postgresAccount();
  const place = await dataPlace(resolve(folder), account);
  const distribution = await runnablePlace(postgresDistribution(), account);
  log?.('starting PostgreSQL …');
  const cluster = await openCluster(place, join(distribution, 'bin'), account);
  return onFreePort(wanted, async (port) => {
    const adminUrl = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
    const life = await beginLife({
      launch: () => launch(cluster, port, options, adminUrl),
      stopSignal: 'SIGINT',
      stopTimeoutMs: 10_000,
    });
    await ask(adminUrl, 'revoke connect on database postgres, template1 from public');
    const version = await reportedVersion(adminUrl);
    const describe = `PostgreSQL ${version} of our own at 127.0.0.1:${port}`;
    const bySocket = adminUrl.replace('127.0.0.1', encodeURIComponent(cluster.data));
    const way = { adminUrl: options.socket === true ? bySocket : adminUrl };
    return { ...life, ...way, version, kind: 'embedded', describe, logFile: cluster.logFile };
  });
}

type Ways = Pick<PostgresOptions, 'fsync' | 'socket' | 'settings'>;

const launch = (cluster: Cluster, port: number, ways: Ways, adminUrl: string): Promise<GuardedProcess> =>
  startUntilReady({
    name: 'PostgreSQL',
    logFile: cluster.logFile,
    timeoutMs: 30_000,
    isReady: () => reportedVersion(adminUrl),
    start: () =>
      spawnGuarded(join(cluster.bin, 'postgres'), serverArguments(cluster.data, port, ways), {
        ...cluster.account,
        env: cleanEnvironment(),
        cwd: '/',
        logFile: cluster.logFile,
        farewell: 'SIGQUIT',
      }),
  });

const serverArguments = (
  data: string,
  port: number,
  { fsync = true, socket = false, settings = {} }: Ways,
): string[] => [
  ...['-D', data, '-p', String(port)],
  ...assignments({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socket ? data : '',
    max_connections: '200',
    dynamic_shared_memory_type: 'mmap',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    ...settings,
  }),
];

const assignments = (values: Record<string, string>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

async function reportedVersion(url: string): Promise<string> {
  const [row] = await ask<{ server_version: string }>(url, 'show server_version');
  return row!.server_version;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = bearLosses(new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 }));
  await client.connect();
  return client
    .query<Row>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
