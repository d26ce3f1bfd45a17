import { randomBytes } from 'node:crypto';
import { topicConfig, topics } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { testBrokers } from './database.js';

const kafka = () => new Kafka({ clientId: 'test', brokers: testBrokers(), logLevel: logLevel.NOTHING });

/** A set of topics of its own for one test file; pass the prefix as TOPIC_PREFIX. */
export async function freshTopics(): Promise<{ prefix: string; brokers: string[] }> {
  const prefix = `test-${randomBytes(4).toString('hex')}.`;
  const admin = kafka().admin();
  await admin.connect();
  await admin.createTopics({
    topics: topics.map((topic) => ({
      topic: prefix + topic.name,
      numPartitions: topic.partitions,
      configEntries: Object.entries(topicConfig(topic)).map(([name, value]) => ({ name, value })),
    })),
  });
  await admin.disconnect();
  return { prefix, brokers: testBrokers() };
}
