import { randomBytes } from 'node:crypto';
import { payments, type TopicContract } from '@kasir/contracts';
import { bearingLosses, bearLosses } from '@kasir/kernel';
import kafkajs, { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { type Database } from './database.js';
import './kafkajs/corrections.js';
import { eventId } from './events/event-id.js';
import { writeHeaders } from './events/headers.js';
import { type Log } from './log.js';
import { type News } from './outbox/outbox.js';
import { messagingTables } from './tables.js';
import { within } from './waiting.js';

const setting = (name: string, what: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: these tests need ${what}; run npm test`);
  return value;
};
export const testBrokers = (): string[] => setting('TEST_KAFKA_BROKERS', 'a real Kafka').split(',');
const adminUrl = (): string => setting('TEST_POSTGRES_ADMIN_URL', 'a real PostgreSQL');

const random = (): string => randomBytes(6).toString('hex');

/** A database of its own with messaging's tables, thrown away at the end. */
export interface LabDatabase extends Database {
  readonly url: string;
  readonly pool: pg.Pool;
  query<Row extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** Cuts every connection to it, as a failing server does. */
  cutConnections(): Promise<void>;
  drop(): Promise<void>;
}

export async function freshDatabase(extraTables = ''): Promise<LabDatabase> {
  const name = `test_messaging_${random()}`;
  await onServer(`create database ${name}`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const pool = bearLosses(new pg.Pool({ ...bearingLosses, connectionString: url.href, max: 20 }));
  await pool.query(messagingTables + extraTables);
  return {
    ...pgDatabase(pool, url.href),
    url: url.href,
    pool,
    query: async (sql, params) => (await pool.query(sql, params)).rows,
    cutConnections: () => onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
    async drop() {
      const ended = pool.end();
      await onServer(`drop database ${name} with (force)`);
      await within(1_000, ended);
    },
  };
}

async function onServer(sql: string): Promise<void> {
  const client = bearLosses(new pg.Client(adminUrl()));
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Messaging's database over pg, as a program without TypeORM would have it. */
export function pgDatabase(pool: pg.Pool, url: string): Database {
  return {
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work({
          query: async (sql, params) => (await client.query(sql, params && [...params])).rows,
        });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async session() {
      const client = bearLosses(new pg.Client(url));
      const lost = new Promise<unknown>((resolve) => {
        client.on('error', resolve);
        client.on('end', () => resolve('ended'));
      });
      await client.connect();
      return {
        lost,
        query: async (sql, params) => (await client.query(sql, params && [...params])).rows,
        release: () => client.end().catch(() => undefined),
      };
    },
  };
}

/** Makes the topics under a prefix of their own. */
export async function freshTopics(topics: readonly TopicContract[], partitions = 3): Promise<string> {
  const prefix = `test-${random()}.`;
  const names = topics.map(({ name }) => prefix + name);
  await withAdmin(async (admin) => {
    // Its own waiting gives up on a topic that has not reached the broker's metadata yet.
    const orders = names.map((topic) => ({ topic, numPartitions: partitions }));
    await admin.createTopics({ waitForLeaders: false, topics: orders });
    await until(
      'every partition has a leader',
      () => leadersOf(admin, names),
      (leaders) => leaders.every((id) => id >= 0),
    );
  });
  return prefix;
}

const leadersOf = (admin: kafkajs.Admin, topics: string[]): Promise<number[]> =>
  admin.fetchTopicMetadata({ topics }).then(
    (found) => found.topics.flatMap((topic) => topic.partitions.map(({ leader }) => leader)),
    () => [-1],
  );

/** Orders whose messages share one partition of three. */
export function ordersOfPartition(partition: number, count: number): string[] {
  const choose = kafkajs.Partitioners.DefaultPartitioner();
  const partitionMetadata = [0, 1, 2].map((partitionId) => ({ partitionId, leader: 1 }) as kafkajs.PartitionMetadata);
  const isThere = (key: string) => choose({ topic: '', partitionMetadata, message: { key, value: '' } }) === partition;
  return Array.from({ length: 20 * count }, (_, index) => `order-${index}`)
    .filter(isThere)
    .slice(0, count);
}

const client = (): Kafka => new Kafka({ brokers: testBrokers(), clientId: 'lab', logLevel: logLevel.NOTHING });

export async function withAdmin<T>(work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = client().admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

export interface RawMessage {
  readonly partition: number;
  readonly offset: string;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Puts bytes on a topic, past every contract. */
export async function sendRaw(
  topic: string,
  messages: kafkajs.Message[],
  compression = kafkajs.CompressionTypes.None,
): Promise<void> {
  const producer = client().producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages, compression }).finally(() => producer.disconnect());
}

/** Everything that a topic receives, in the order of each partition. */
export async function tapTopic(topic: string): Promise<{ messages: RawMessage[]; close(): Promise<void> }> {
  const consumer = client().consumer({
    groupId: `tap-${random()}`,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
  });
  const messages: RawMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message: { offset, key, headers, value } }) => {
      const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
      messages.push({
        partition,
        offset,
        key: key?.toString(),
        headers: Object.fromEntries(texts),
        body: value?.toString(),
      });
    },
  });
  return { messages, close: () => consumer.disconnect() };
}

/** Everything that a topic holds now. */
export async function readTopic(topic: string): Promise<RawMessage[]> {
  const ends = await withAdmin((admin) => admin.fetchTopicOffsets(topic));
  const total = ends.reduce((sum, { high }) => sum + Number(high), 0);
  if (total === 0) return [];
  const tap = await tapTopic(topic);
  await until(
    `${topic} is read`,
    () => tap.messages.length,
    (count) => count >= total,
  ).finally(() => tap.close());
  return tap.messages.slice(0, total);
}

/** Waits until a fact holds. @throws Error after the deadline, with what was seen last */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  ms = 30_000,
  everyMs = 20,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`${what} did not come true in ${ms} ms; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

export function memoryLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: LogLine['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

export const at = new Date('2026-11-22T08:00:00.000Z');

/** The bank says that the shopper of an order has paid; `identity` tells two such news of one order apart. */
export const paymentSucceeded = (
  orderId: string,
  identity = 'pay-1',
): News<typeof payments> & { type: 'PaymentSucceeded' } => ({
  type: 'PaymentSucceeded',
  data: {
    orderId,
    paymentSessionId: 'ps_1',
    paymentId: identity,
    order: {
      amount: { value: '160', currency: 'THB' },
      description: 'Two bags of coffee',
      expiresAt: '2026-01-02T00:00:00Z',
    },
    amount: { value: '160', currency: 'THB' },
    paidAt: '2026-11-22T08:00:00Z',
  },
  identity: `${identity} of ${orderId}`,
  at,
});

/** The same news as bytes, to be spoilt and put on a topic past the outbox. */
export function rawPaymentSucceeded(
  orderId: string,
  spoil: {
    headers?: Record<string, string | Buffer>;
    key?: string | null;
    body?: string | Buffer | null;
    sequence?: number;
  } = {},
): kafkajs.Message {
  const { type, identity, data } = paymentSucceeded(orderId);
  const headers = writeHeaders(payments.name, type, {
    id: eventId({ source: 'notification', type, identity }),
    source: 'notification',
    subject: orderId,
    time: at.toISOString(),
  });
  const { key = orderId, body = JSON.stringify(data), sequence = 1 } = spoil;
  return { key, value: body, headers: { ...headers, ce_sequence: String(sequence), ...spoil.headers } };
}
