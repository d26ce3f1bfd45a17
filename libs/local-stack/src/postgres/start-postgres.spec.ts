import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { bearLosses } from '@kasir/kernel';
import pg from 'pg';
import { closedFolder, openFolder, removeFolders } from '../test-support/folders.specs.js';
import { allGone } from '../test-support/processes.specs.js';
import { familyOf } from '../processes/family.js';
import { freePort } from '../processes/ports.js';
import { spawnGuarded } from '../processes/spawn-guarded.js';
import { createServiceDatabases, dropServiceDatabases } from './service-databases.js';
import { type PostgresHandle, startPostgres } from './start-postgres.js';
import { postgresAccount } from './unprivileged.js';

const gateway = { name: 'gateway', role: 'gateway', password: "it's a secret" };
const order = { name: 'order', role: 'order', password: 'another/secret' };

describe('a PostgreSQL of our own', () => {
  let postgres: PostgresHandle;
  let urls: Record<string, string>;

  beforeAll(async () => {
    postgres = await startPostgres({ folder: await openFolder(), port: 0, fsync: false });
    urls = await createServiceDatabases(postgres.adminUrl, [gateway, order]);
  });

  afterAll(async () => {
    await postgres.stop();
    await removeFolders();
  });

  it('says which way was taken and which version answers', () => {
    expect(postgres.kind).toBe('embedded');
    expect(postgres.version).toMatch(/^18\./);
    expect(postgres.describe).toBe(`PostgreSQL ${postgres.version} of our own at ${new URL(postgres.adminUrl).host}`);
  });

  it('lets each role into its own database, where it may make tables', async () => {
    expect(await ask(urls['gateway']!, 'select current_user, current_database()')).toEqual([
      { current_user: 'gateway', current_database: 'gateway' },
    ]);
    await ask(urls['order']!, 'create table things (id int)');
  });

  it.each(['gateway', 'postgres', 'template1'])('refuses the role order at the database %s', async (database) => {
    const url = new URL(urls['order']!);
    url.pathname = database;
    await expect(ask(url.href, 'select 1')).rejects.toThrow(`permission denied for database "${database}"`);
  });

  it('keeps what is there when the databases are wanted again, with a new password', async () => {
    await ask(urls['gateway']!, 'create table kept as select 1 as id');
    const again = await createServiceDatabases(postgres.adminUrl, [{ ...gateway, password: 'changed' }]);
    expect(await ask(again['gateway']!, 'select id from kept')).toEqual([{ id: 1 }]);
    await expect(ask(urls['gateway']!, 'select 1')).rejects.toThrow('password authentication failed');
    await createServiceDatabases(postgres.adminUrl, [gateway]);
  });

  it('makes the same databases for an administrator who is no superuser, and drops them', async () => {
    await ask(postgres.adminUrl, `create role limited login createdb createrole password 'x'`);
    await ask(postgres.adminUrl, 'grant connect on database postgres to limited');
    const url = new URL(postgres.adminUrl);
    Object.assign(url, { username: 'limited', password: 'x' });
    const fulfilment = { name: 'fulfilment', role: 'fulfilment', password: 'x' };
    const made = await createServiceDatabases(url.href, [fulfilment]);
    await ask(made['fulfilment']!, 'create table coffees (id int)');
    await dropServiceDatabases(url.href, [fulfilment, { name: 'never', role: 'was' }]);
    await expect(ask(made['fulfilment']!, 'select 1')).rejects.toThrow();
  });

  it('keeps every committed row when it is killed and started again', async () => {
    await ask(urls['order']!, 'create table orders as select 42 as id');
    const family = familyOf(postgres.pid()!);
    expect(family.length).toBeGreaterThan(3);
    await postgres.kill();
    await allGone(family);
    await postgres.restart();
    expect(await ask(urls['order']!, 'select id from orders')).toEqual([{ id: 42 }]);
  });

  it('answers nobody while it is frozen, and everybody afterwards', async () => {
    const client = bearLosses(new pg.Client(urls['order']!));
    await client.connect();
    postgres.freeze();
    const asked = client.query('select 1 as one');
    expect(await answeredWithin(300, asked)).toBe(false);
    postgres.resume();
    expect((await asked).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  it('stops even when it is frozen, and starts again on its data', async () => {
    postgres.freeze();
    await postgres.stop();
    await postgres.restart();
    expect(await ask(urls['order']!, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('tells when it crashes', async () => {
    const folder = await openFolder();
    const other = await startPostgres({ folder, port: 0, fsync: false });
    process.kill(other.pid()!, 'SIGKILL');
    expect(await other.crashed).toEqual({ code: null, signal: 'SIGKILL' });
    expect(other.pid()).toBeUndefined();
  });

  it('is left alone when it is somebody else who runs it', async () => {
    const named = await startPostgres({ folder: '/nowhere', adminUrl: postgres.adminUrl });
    expect(named).toMatchObject({ kind: 'external', version: postgres.version, adminUrl: postgres.adminUrl });
    await expect(named.kill()).rejects.toThrow('PostgreSQL is run by somebody else');
    await named.stop();
    expect(await ask(postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a start of PostgreSQL', () => {
  afterAll(removeFolders);

  it('takes another port when the wanted one is taken, also when two want it at once', async () => {
    const port = await freePort();
    const blocker = createServer().listen(port, '127.0.0.1');
    await once(blocker, 'listening');
    const three = [0, 1, 2].map(async () => startPostgres({ folder: await openFolder(), port, fsync: false }));
    const servers = await Promise.all(three);
    blocker.close();
    const ports = servers.map(({ adminUrl }) => Number(new URL(adminUrl).port));
    expect(new Set([port, ...ports]).size).toBe(4);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('works in a folder that only its owner may enter, on the data it left there', async () => {
    const folder = join(await closedFolder(), 'two words');
    for (const expected of [[], [{ to_regclass: 'kept' }]]) {
      const server = await startPostgres({ folder, port: 0, fsync: false });
      const found = await ask(
        server.adminUrl,
        `select to_regclass('kept')::text where to_regclass('kept') is not null`,
      );
      if (expected.length === 0) await ask(server.adminUrl, 'create table kept (id int)');
      await server.stop();
      expect(found).toEqual(expected);
    }
  });

  it('is not misled by the note of a killed server whose process id another process has now', async () => {
    const folder = await openFolder();
    const first = await startPostgres({ folder, port: 0, fsync: false });
    await first.kill();
    const note = join(folder, 'data', 'postmaster.pid');
    expect(existsSync(note)).toBe(true);
    const heir = await spawnGuarded('sleep', ['1000'], postgresAccount());
    await writeFile(note, (await readFile(note, 'utf8')).replace(/^\d+/, String(heir.pid)));
    const second = await startPostgres({ folder, port: 0, fsync: false });
    await Promise.all([heir.kill(), second.stop()]);
  });

  it('says what is wrong when nobody answers at the given address', async () => {
    const adminUrl = `postgres://postgres:x@127.0.0.1:${await freePort()}/postgres`;
    const starting = startPostgres({ folder: '/nowhere', adminUrl });
    await expect(starting).rejects.toThrow('PostgreSQL does not answer at POSTGRES_ADMIN_URL');
  });
});

async function ask(url: string, sql: string): Promise<object[]> {
  const client = bearLosses(new pg.Client({ connectionString: url }));
  await client.connect();
  return client
    .query<object>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

async function answeredWithin(ms: number, answer: Promise<unknown>): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(() => resolve(false), ms));
  return Promise.race([answer.then(() => true), timeout]);
}
