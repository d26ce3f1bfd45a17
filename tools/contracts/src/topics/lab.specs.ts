import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { defineEvent, defineTopic, type TopicContract } from '@kasir/contracts';
import { type Environment } from '@kasir/platform';
import kafkajs, { type Admin } from 'kafkajs';
import { z } from 'zod';
import { type ExitCode, runTopics } from './command.js';

export function testBrokers(): string[] {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  if (brokers === undefined) throw new Error('TEST_KAFKA_BROKERS is not set: run the tests with `npm test`');
  return brokers.split(',');
}

export const parcels: TopicContract = {
  ...defineTopic({
    name: 'parcels.v1',
    producer: 'order',
    readers: ['gateway'],
    retention: 'for ever',
    events: [defineEvent('ParcelSent', z.object({ orderId: z.string() }))],
  }),
  partitions: 2,
};
export const letters: TopicContract = { ...parcels, name: 'letters.v1', retention: { days: 14 } };

export const freshPrefix = (): string => `test-${randomBytes(4).toString('hex')}.`;

export const kafkaOf = (brokers: string[]): kafkajs.Kafka =>
  new kafkajs.Kafka({ brokers, clientId: 'test', logLevel: kafkajs.logLevel.NOTHING });

export async function withAdmin<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = kafkaOf(testBrokers()).admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

/** Waits until every partition of a topic has a leader. */
export async function untilLed(admin: Admin, topic: string): Promise<void> {
  const isLed = () =>
    admin.fetchTopicMetadata({ topics: [topic] }).then(
      ({ topics }) => topics[0]!.partitions.every(({ leader }) => leader >= 0),
      () => false,
    );
  for (const end = Date.now() + 30_000; !(await isLed()); await pause(50))
    if (Date.now() > end) throw new Error(`${topic} has no leader`);
}

/** Runs the command as it runs in a shell; what it printed and how it exited. */
export async function topicsCommand(
  words: string,
  topics: readonly TopicContract[],
  env: Environment,
): Promise<{ code: ExitCode; printed: string }> {
  const printed: string[] = [];
  const plain = { REPLICATION_FACTOR: '1', MIN_ISR: '1', ...env };
  const code = await runTopics({
    arguments: words.split(' '),
    env: plain,
    topics,
    print: (text) => printed.push(text),
  });
  return { code, printed: printed.join('\n') };
}
