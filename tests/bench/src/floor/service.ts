import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { bearingLosses, bearLosses } from '@kasir/kernel';
import { type EachBatchPayload, Kafka, logLevel, Partitioners } from 'kafkajs';
import pg from 'pg';
import { batcher, persistently } from './batcher.js';

/** What leaves a hop; its id names it in the outbox, its key is the order. */
export type Message = { readonly id: string; readonly key: string; readonly value: string | null };

export const setting = (name: string): string => process.env[name] ?? '';
const topicOf = (name: string): string => setting('TOPIC_PREFIX') + name;
const brokers = setting('KAFKA_BROKERS').split(',');
const kafka = new Kafka({ clientId: 'floor', brokers, logLevel: logLevel.NOTHING });
const pool = bearLosses(
  new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 4, idleTimeoutMillis: 0, ...bearingLosses }),
);
pool.on('error', (error) => console.error(error.message));
const endings: (() => Promise<unknown>)[] = [];

/** A prepared statement that takes whatever it needs as one JSON parameter. */
export function statement<Row extends object>(text: string): (parameter: unknown) => Promise<Row[]> {
  const name = `s${(statements += 1)}`;
  return async (parameter) => (await pool.query<Row>({ name, text, values: [JSON.stringify(parameter)] })).rows;
}
let statements = 0;

/** `write` changes the tables by `items` and returns the ids of those that were new; `columns` are the items' own. */
type Hop = { tables: string; columns?: string; write: string; topic: string; type: string };

/** Commits items in batches, their messages with them, then sends those. It says of each item whether it was new. */
export async function startHop<Item extends Message>({ tables, columns = '', write, topic, type }: Hop) {
  const outbox = 'create table if not exists outbox (id text primary key, key text not null, value text not null)';
  await persistently(() => pool.query(`${tables}; ${outbox}`));
  const commit = statement<{ id: string }>(`with
    items as (select * from jsonb_to_recordset($1) as i (id text, key text, value text ${columns})), fresh as (${write}),
    outgoing as (insert into outbox (id, key, value)
      select distinct on (id) id, key, value from items join fresh using (id) where value is not null)
    select id from fresh`);
  const send = await startPublisher(topic, type);
  return batcher(async (items: Item[]) => {
    const fresh = new Map((await commit(items)).map(({ id }) => [id, items.find((item) => item.id === id)!]));
    for (const item of fresh.values()) if (item.value !== null) void send(item);
    return items.map(({ id }) => fresh.has(id));
  });
}

/** Sends what is in the outbox, first what an earlier process left there; what was sent is deleted once a second. */
async function startPublisher(topic: string, type: string): Promise<(message: Message) => Promise<void>> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await persistently(() => producer.connect());
  let sent: string[] = [];
  const send = batcher(async (outgoing: Message[]) => {
    const messages = outgoing.map(({ key, value }) => ({ key, value, headers: { ce_type: type } }));
    await persistently(() => producer.send({ topic: topicOf(topic), messages }));
    sent.push(...outgoing.map(({ id }) => id));
    return outgoing.map(() => undefined);
  });
  // A deletion that a crash undoes only means that a message is sent twice.
  const text = `with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
    delete from outbox using relaxed where id = any($1)`;
  const sweep = async (): Promise<void> => {
    const values = [sent];
    sent = [];
    if (values[0]!.length > 0) await persistently(() => pool.query({ name: 'sweep', text, values }));
  };
  setInterval(() => void sweep(), 1_000);
  endings.push(sweep, () => producer.disconnect());
  for (const message of (await pool.query<Message>('select id, key, value from outbox')).rows) void send(message);
  return send;
}

/** Handles what is fetched without holding up the next fetch; offsets follow every 500 ms, once all before them is done. */
export async function consume<Body>(group: string, name: string, handle: (body: Body) => Promise<unknown>) {
  const topic = topicOf(name);
  const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1e6 };
  const consumer = kafka.consumer({ groupId: topicOf(group), sessionTimeout: 10_000, maxWaitTimeInMs: 500, retry });
  const chains = new Map<number, Promise<void>>();
  const done = new Map<number, string>();
  const eachBatch = async ({ batch, resolveOffset }: EachBatchPayload): Promise<void> => {
    const { partition, messages } = batch;
    const next = String(BigInt(batch.lastOffset()) + 1n);
    const all = messages.map(({ value }) => persistently(() => handle(JSON.parse(String(value)) as Body)));
    const chain = Promise.all([chains.get(partition), ...all]).then(() => void done.set(partition, next));
    chains.set(partition, chain);
    resolveOffset(batch.lastOffset());
  };
  const commit = async (): Promise<void> => {
    const offsets = [...done].map(([partition, offset]) => ({ topic, partition, offset }));
    done.clear();
    // What is not committed is delivered again, and changes nothing.
    if (offsets.length > 0) await consumer.commitOffsets(offsets).catch(() => undefined);
  };
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await persistently(() => consumer.connect());
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 3, eachBatch });
  setInterval(() => void commit(), 500);
  endings.unshift(
    () => consumer.stop().then(() => Promise.all(chains.values())),
    commit,
    () => consumer.disconnect(),
  );
  await joined;
}

type Answer = readonly [status: number, body: string];

/** Answers 503 where it fails, after which the caller tries again. */
export async function serve(port: string, handle: (request: IncomingMessage) => Promise<Answer>): Promise<void> {
  const answer = (response: ServerResponse, [status, body]: Answer) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request).then(
      (given) => answer(response, given),
      (error: unknown) => (console.error(error), answer(response, [503, '{}'])),
    );
  });
  await new Promise<void>((resolve) => server.listen(Number(setting(port)), setting('HOST'), resolve));
  endings.unshift(() => new Promise((resolve) => (server.close(resolve), server.closeIdleConnections())));
}

/** From here on it is ready, until SIGTERM. */
export async function ready(): Promise<void> {
  await serve('ADMIN_PORT', async () => [200, '{}']);
  const stop = async (): Promise<void> => {
    for (const end of endings) await end();
    process.exit();
  };
  process.once('SIGTERM', () => void stop());
}
