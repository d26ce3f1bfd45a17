import { randomBytes } from 'node:crypto';
import { bearLosses } from '@kasir/kernel';
import pg from 'pg';

/** The address of a test server, or a sentence that says how to get one. Tests fail without it; they never skip. */
function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run the tests with \`npm test\`, which starts the servers`);
  return value;
}

/** A new, empty database of its own for one test file. */
export async function freshDatabase(): Promise<string> {
  const admin = testPostgres();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(admin, (client) => client.query(`create database ${name}`));
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

/** The rows of one statement, asked on a connection of its own. */
export async function queryOnce<Row extends object>(url: string, sql: string, params: unknown[] = []): Promise<Row[]> {
  return withClient(url, async (client) => (await client.query<Row>(sql, params)).rows);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = bearLosses(new pg.Client(url));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The server's address for an administrator. */
export const testPostgres = (): string => required('TEST_POSTGRES_ADMIN_URL');

export const testBrokers = (): string[] => required('TEST_KAFKA_BROKERS').split(',');
