import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { applyTopics } from '@kasir/local-stack';

const topic = 'words';
const client = (brokers) =>
  new Kafka({ brokers, logLevel: logLevel.NOTHING, requestTimeout: 5_000, retry: { retries: 20, maxRetryTime: 500 } });

/** Resolves when the broker has acknowledged the word. */
export async function send(brokers, word) {
  await applyTopics(brokers, [{ name: topic, partitions: 1 }]);
  const producer = client(brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ value: word }] }).finally(() => producer.disconnect());
}

/** Whether a word is acknowledged within two seconds. */
export async function acknowledges(brokers, word) {
  const sent = send(brokers, word).then(
    () => true,
    () => false,
  );
  return Promise.race([sent, pause(2_000).then(() => false)]);
}

/** The topic's words up to a certain one. */
export async function wordsUntil(brokers, last) {
  const consumer = client(brokers).consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
  const words = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const enough = Promise.withResolvers();
  const running = consumer.run({
    eachMessage: async ({ message }) => {
      words.push(String(message.value));
      if (words.at(-1) === last) enough.resolve();
    },
  });
  await enough.promise;
  await running;
  await consumer.disconnect();
  return words;
}
