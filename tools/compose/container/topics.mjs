import { setTimeout as pause } from 'node:timers/promises';
import { topicConfig, topics } from '@kasir/contracts';
import { probeBroker } from '@kasir/messaging';
import { loadConfig } from '@kasir/platform';
import { brokerAddress, commonSettings, kafkaSettings } from '@kasir/service';
import { Kafka, logLevel } from 'kafkajs';

const { TOPIC_PREFIX } = commonSettings;
const settings = { ...kafkaSettings, TOPIC_PREFIX };
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Makes the topics of the contracts that are missing, on the Kafka that the services will use; those that exist keep their settings.
 * @returns the brokers and the number of topics
 * @throws naming the variable that is wrong, what the broker demands, or the topic that exists with other partitions
 */
export async function prepareTopics(env) {
  const config = loadConfig('prepare', settings, env);
  const address = brokerAddress('prepare', config);
  const clientId = 'kasir-prepare';
  await probeBroker({ address, clientId, says: [], hears: [], log: silence, giveUpMs: 10_000 });
  const admin = new Kafka({ ...address, clientId, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const scaled = topics.map((topic) => ({ ...topic, partitions: Number(env.TOPIC_PARTITIONS || topic.partitions) }));
    await createMissing(admin, config.TOPIC_PREFIX, scaled, Number(env.TOPIC_REPLICATION_FACTOR || 1));
  } catch (cause) {
    throw new Error(`the topics cannot be made on Kafka at ${address.brokers.join()}`, { cause });
  } finally {
    await admin.disconnect();
  }
  return { brokers: address.brokers.join(), count: topics.length };
}

async function createMissing(admin, prefix, topics, replicationFactor) {
  const present = await admin.listTopics();
  const missing = topics.filter(({ name }) => !present.includes(prefix + name));
  const orders = missing.map((topic) => ({
    topic: prefix + topic.name,
    numPartitions: topic.partitions,
    replicationFactor,
    configEntries: Object.entries(topicConfig(topic)).map(([name, value]) => ({ name, value })),
  }));
  if (orders.length > 0) await admin.createTopics({ waitForLeaders: false, topics: orders });
  const found = await partitionsOf(admin, prefix);
  const wrong = topics.find(({ name, partitions }) => found.get(prefix + name) !== partitions);
  if (wrong === undefined) return;
  const count = found.get(prefix + wrong.name) ?? 'no';
  throw new Error(`topic ${prefix + wrong.name} has ${count} partitions, and ${wrong.partitions} are wanted`);
}

/** How many partitions each topic has. New ones are known everywhere, and led by somebody, a moment after they were made. */
async function partitionsOf(admin, prefix) {
  for (let patience = 100; ; patience -= 1) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => prefix + name) });
      const led = found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
      if (led || patience === 0) return new Map(found.map(({ name, partitions }) => [name, partitions.length]));
    } catch (error) {
      if (patience === 0) throw error;
    }
    await pause(100);
  }
}
