import { randomBytes } from 'node:crypto';
import { topicConfig, topics } from '@kasir/contracts';
import { applyTopics } from '@kasir/local-stack';
import { testBrokers } from './database.js';

/** A set of topics of its own for one test file; pass the prefix as TOPIC_PREFIX. */
export async function freshTopics(): Promise<{ prefix: string; brokers: string[] }> {
  const prefix = `test-${randomBytes(4).toString('hex')}.`;
  const brokers = testBrokers();
  const plans = topics.map((topic) => ({
    name: prefix + topic.name,
    partitions: topic.partitions,
    config: topicConfig(topic),
  }));
  await applyTopics(brokers, plans);
  return { prefix, brokers };
}
