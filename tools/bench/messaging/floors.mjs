import { performance } from 'node:perf_hooks';
import { bearLosses } from '@kasir/kernel';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { orderOf, record, topic } from './news.mjs';

const { Kafka, logLevel, Partitioners } = kafkajs;

export async function rawProducer(brokers) {
  const kafka = new Kafka({ brokers, clientId: 'bench', logLevel: logLevel.NOTHING });
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

export const perSecond = (count, began) => Math.round((count / (performance.now() - began)) * 1_000);

/** The bare `sendBatch` of kafkajs, 500 records a call. Fills the topic on the way. */
export async function sendBatchFloor(brokers, prefix, events) {
  const producer = await rawProducer(brokers);
  const send = (messages) =>
    producer.sendBatch({ acks: -1, topicMessages: [{ topic: prefix + topic.name, messages }] });
  let spent = 0;
  for (let index = 0; index < events; index += 500) {
    const messages = Array.from({ length: Math.min(500, events - index) }, (_, offset) => record(index + offset));
    const began = performance.now();
    await send(messages);
    spent += performance.now() - began;
  }
  await producer.disconnect();
  return Math.round((events / spent) * 1_000);
}

/** What a relay without any care would do: delete, send, and so on. */
export async function outboxFloor(url, brokers, prefix, events) {
  const [client, producer] = [bearLosses(new pg.Client(url)), await rawProducer(brokers)];
  await client.connect();
  await client.query('set synchronous_commit = off');
  const began = performance.now();
  for (;;) {
    const { rows } = await client.query(
      `delete from outbox where position in (select position from outbox order by position limit 500)
       returning topic, key, headers, body`,
    );
    if (rows.length === 0) break;
    const messages = rows.map(({ key, headers, body }) => ({ key, headers, value: body }));
    await producer.sendBatch({ acks: -1, topicMessages: [{ topic: prefix + topic.name, messages }] });
  }
  const rate = perSecond(events, began);
  await Promise.all([client.end(), producer.disconnect()]);
  return rate;
}

/** What a consumer without any care would ask of the database: receipts of 200, and one upsert for each. */
export async function inboxFloor(url, events, connections) {
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    const client = bearLosses(new pg.Client(url));
    await client.connect();
    while (next < events) {
      const first = next;
      next += 200;
      const indexes = Array.from({ length: Math.min(200, events - first) }, (_, offset) => first + offset);
      await client.query('begin');
      await client.query(
        `insert into inbox (consumer, event_id, topic, received_at)
         select 'floor', id, 'payments.v1', now() from jsonb_to_recordset($1::jsonb) as said (id uuid)
         on conflict do nothing returning event_id`,
        [JSON.stringify(indexes.map((index) => ({ id: record(index).headers.ce_id })))],
      );
      // By the order of keys, or two of them would wait for each other.
      for (const order of indexes.map(orderOf).sort())
        await client.query({ name: 'upsert', text: upsert, values: [order] });
      await client.query('commit');
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return perSecond(events, began);
}

export const upsert = `insert into seen values ($1, 1) on conflict (order_id) do update set times = seen.times + 1`;
