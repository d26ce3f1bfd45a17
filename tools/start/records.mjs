import { randomUUID } from 'node:crypto';
import { topics } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';

/**
 * Reads every topic of Kasir as a subscriber of its own, from its beginning, and keeps what it has read.
 * It sees what any reader of the broker sees; no log line and no database takes part.
 */
export async function readRecords({ brokers, topicPrefix }) {
  const kafka = new Kafka({ clientId: 'kasir-start', brokers, logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: `kasir-start-${randomUUID()}`,
    maxWaitTimeInMs: 100,
    retry: { retries: 1e6 },
  });
  const records = [];
  const waiting = new Set();
  await consumer.connect();
  await consumer.subscribe({ topics: topics.map(({ name }) => topicPrefix + name), fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  const running = consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const record = toRecord(topic.slice(topicPrefix.length), partition, message);
      records.push(record);
      for (const waiter of waiting) waiter(record);
    },
  });
  await joined;

  return {
    of: (orderId) => records.filter((record) => record.orderId === orderId).sort((a, b) => a.at - b.at),
    /** Resolves with the first record that fits, also one that has been read already. */
    find: (fits, what, withinMs = 30_000) => {
      const found = records.find(fits);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(waiter);
          reject(new Error(`${what}: no such record within ${withinMs / 1000} s; the services' logs say more`));
        }, withinMs);
        const waiter = (record) => {
          if (!fits(record)) return;
          clearTimeout(timer);
          waiting.delete(waiter);
          resolve(record);
        };
        waiting.add(waiter);
      });
    },
    close: async () => {
      await running;
      await consumer.disconnect();
    },
  };
}

function toRecord(topic, partition, { offset, timestamp, key, headers }) {
  return {
    topic,
    partition,
    offset,
    at: Number(timestamp),
    orderId: key?.toString(),
    type: headers?.ce_type?.toString(),
    sequence: headers?.ce_sequence?.toString(),
  };
}
