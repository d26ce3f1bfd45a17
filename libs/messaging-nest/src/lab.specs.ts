import { randomBytes } from 'node:crypto';
import { type TopicContract } from '@kasir/contracts';
import { bearingLosses } from '@kasir/kernel';
import { type Log, messagingTables } from '@kasir/messaging';
import { Kafka, logLevel } from 'kafkajs';
import { DataSource } from 'typeorm';

const setting = (name: string, what: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: these tests need ${what}; run npm test`);
  return value;
};
export const testBrokers = (): string[] => setting('TEST_KAFKA_BROKERS', 'a real Kafka').split(',');
const adminUrl = (): string => setting('TEST_POSTGRES_ADMIN_URL', 'a real PostgreSQL');
const random = (): string => randomBytes(6).toString('hex');

/** A database of its own with messaging's tables; `drop` throws it away. */
export async function freshDatabase(tables: string): Promise<{ dataSource: DataSource; drop(): Promise<void> }> {
  const name = `test_messaging_nest_${random()}`;
  await onServer(`create database ${name}`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const dataSource = await new DataSource({
    type: 'postgres',
    url: url.href,
    poolSize: 10,
    extra: bearingLosses,
  }).initialize();
  await dataSource.query(messagingTables + tables);
  return {
    dataSource,
    async drop() {
      await dataSource.destroy();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

export async function onServer(sql: string): Promise<void> {
  const server = await new DataSource({
    type: 'postgres',
    url: adminUrl(),
    poolSize: 1,
    extra: bearingLosses,
  }).initialize();
  await server.query(sql).finally(() => server.destroy());
}

/** Makes the topics under a prefix of their own. */
export async function freshTopics(topics: readonly TopicContract[]): Promise<string> {
  const prefix = `test-${random()}.`;
  const admin = new Kafka({ brokers: testBrokers(), clientId: 'lab', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const names = topics.map(({ name }) => prefix + name);
  const leaders = () =>
    admin.fetchTopicMetadata({ topics: names }).then(
      (found) => found.topics.flatMap((topic) => topic.partitions.map(({ leader }) => leader)),
      () => [-1],
    );
  try {
    // Its own waiting gives up on a topic that has not reached the broker's metadata yet.
    const orders = names.map((topic) => ({ topic, numPartitions: 3 }));
    await admin.createTopics({ waitForLeaders: false, topics: orders });
    await until('every partition has a leader', leaders, (ids) => ids.every((id) => id >= 0));
  } finally {
    await admin.disconnect();
  }
  return prefix;
}

/** Waits until a fact holds. @throws Error after the deadline, with what was seen last */
export async function until<T>(what: string, look: () => T | Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > end) throw new Error(`${what} did not come true; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const nothing = (): void => undefined;
export const quietLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
