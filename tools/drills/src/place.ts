import { randomBytes } from 'node:crypto';
import { payments } from '@kasir/contracts';
import { bearLosses } from '@kasir/kernel';
import { applyTopics } from '@kasir/local-stack';
import { messagingTables } from '@kasir/messaging';
import pg from 'pg';

/** Where the messages of one drill flow: a topic of its own between a database of who speaks and one of who listens. */
export interface Place {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly speaker: string;
  readonly listener: string;
}

export const partitions = 12;

const tablesOfSpeaker = 'create table spoken (id int primary key);';
const tablesOfListener =
  'create table effects (position bigint generated always as identity, order_id text not null, sequence int not null);';

export async function freshPlace(brokers: readonly string[], adminUrl: string): Promise<Place> {
  const name = randomBytes(4).toString('hex');
  const prefix = `drill-${name}.`;
  await applyTopics([...brokers], [{ name: prefix + payments.name, partitions }]);
  const [speaker, listener] = await Promise.all([
    freshDatabase(adminUrl, `drill_${name}_speaker`, tablesOfSpeaker),
    freshDatabase(adminUrl, `drill_${name}_listener`, tablesOfListener),
  ]);
  return { brokers, prefix, speaker, listener };
}

async function freshDatabase(adminUrl: string, name: string, tables: string): Promise<string> {
  await ask(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await ask(url.href, messagingTables + tables);
  return url.href;
}

/** One statement on a connection of its own. */
export async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = bearLosses(new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 }));
  await client.connect();
  return client
    .query<Row>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
