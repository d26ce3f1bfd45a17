import { topicConfig, topics } from '@kasir/contracts';
import { applyTopics, brokerVersion } from '@kasir/local-stack';

/**
 * Makes the topics of the contracts that are missing.
 * @returns the broker's version and the number of topics
 * @throws naming the broker, or the topic that exists with other partitions
 */
export async function prepareTopics({ brokers, prefix = '', replicationFactor = '1' }) {
  const addresses = brokers.split(',').map((broker) => broker.trim());
  const version = await brokerVersion(addresses[0]).catch((cause) => {
    throw new Error(`Kafka does not answer at ${addresses[0]} (KAFKA_BROKERS)`, { cause });
  });
  const plans = topics.map((topic) => ({
    name: prefix + topic.name,
    partitions: topic.partitions,
    config: topicConfig(topic),
  }));
  await applyTopics(addresses, plans, Number(replicationFactor)).catch((cause) => {
    throw new Error(`the topics could not be made on Kafka at ${brokers} (KAFKA_BROKERS)`, { cause });
  });
  return { version, topics: plans.length };
}
