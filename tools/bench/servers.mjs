import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bearLosses } from '@kasir/kernel';
import { applyTopics, openRunFolder, startKafka, startPostgres } from '@kasir/local-stack';
import { messagingTables } from '@kasir/messaging';
import pg from 'pg';
import { root } from '../bootstrap/project-root.mjs';

export const partitions = 12;

/**
 * A broker and a database of the bench's own, reached by its socket unless TCP is asked for. Commits wait for the disk, as in
 * production; with `inMemory` they wait for memory, on machines whose disk keeps everybody waiting.
 */
export async function withServers(work, { socket = true, inMemory = false } = {}) {
  const run = await openRunFolder(join(root, '.local'), 'bench');
  const disk = inMemory ? await memoryFolder() : run.folder;
  const endings = [() => run.remove(), () => inMemory && rm(disk, { recursive: true })];
  try {
    const kafka = await startKafka({
      folder: join(run.folder, 'kafka'),
      cacheFolder: join(root, '.local', 'cache'),
      port: 0,
      heapMegabytes: 256,
    });
    endings.unshift(() => kafka.stop());
    const postgres = await startPostgres({ folder: join(disk, 'postgres'), port: 0, socket });
    endings.unshift(() => postgres.stop());
    return await work({
      brokers: kafka.brokers,
      adminUrl: postgres.adminUrl,
      versions: { kafka: kafka.version, postgres: postgres.version },
    });
  } finally {
    for (const end of endings) await end();
  }
}

/** Also for the data of a PostgreSQL that must not run as root, which lies in the folder for temporary files. */
async function memoryFolder() {
  const folder = await mkdtemp('/dev/shm/kasir-bench-');
  await chmod(folder, 0o755);
  process.env.TMPDIR = folder;
  return folder;
}

/**
 * Gives PostgreSQL files to write its log into, as one has that has run for a while: each commit waits when a new one is made.
 */
export async function ageServer(adminUrl) {
  const files = 24;
  await onServer(adminUrl, `alter system set min_wal_size = '1GB'`);
  await onServer(adminUrl, 'select pg_reload_conf()');
  for (let file = 0; file < files; file += 1)
    await onServer(adminUrl, `select pg_logical_emit_message(false, 'bench', 'next'), pg_switch_wal()`);
  await onServer(adminUrl, 'checkpoint');
}

/** A database without a table. */
export async function emptyDatabase(adminUrl) {
  const name = `bench_${randomBytes(4).toString('hex')}`;
  await onServer(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database with messaging's tables and one of the business. */
export async function freshDatabase(adminUrl) {
  const url = await emptyDatabase(adminUrl);
  await onServer(url, `${messagingTables} create table seen (order_id text primary key, times integer not null);`);
  return url;
}

export async function onServer(url, sql, params) {
  const client = bearLosses(new pg.Client(url));
  await client.connect();
  return client
    .query(sql, params)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** A topic of a prefix of its own. @returns the prefix */
export async function freshTopic(brokers, { name }) {
  const prefix = `bench-${randomBytes(4).toString('hex')}.`;
  await applyTopics(brokers, [{ name: prefix + name, partitions }]);
  return prefix;
}
