import { type BrokerAddress } from '@kasir/messaging';
import kafkajs, { type Admin } from 'kafkajs';
import { type CurrentTopic } from './topic-state.js';

const { ConfigResourceTypes, ConfigSource, Kafka, logLevel } = kafkajs;

/** Connects an administrator, lets it do its work, and disconnects it. */
export async function asAdmin<Result>(
  { brokers, ssl, sasl }: BrokerAddress,
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = new Kafka({
    brokers: [...brokers],
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    clientId: 'kasir-topics',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
  }).admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

/** A topic as the cluster describes it, or undefined where it has none of that name. */
export async function currentTopic(admin: Admin, topic: string): Promise<CurrentTopic | undefined> {
  const partitions = await partitionsOf(admin, topic);
  if (partitions === undefined) return undefined;
  const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic }];
  const described = await admin.describeConfigs({ includeSynonyms: false, resources });
  const entries = described.resources.flatMap(({ configEntries }) => configEntries);
  const asSettings = (some: typeof entries) =>
    Object.fromEntries(some.map(({ configName, configValue }) => [configName, configValue]));
  return {
    partitions: partitions.length,
    replicationFactor: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    config: asSettings(entries),
    own: asSettings(entries.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG)),
  };
}

interface Partition {
  readonly leader: number;
  readonly replicas: readonly number[];
}

async function partitionsOf(admin: Admin, topic: string): Promise<readonly Partition[] | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions;
  } catch (error) {
    if (brokersWord(error)?.type === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw error;
  }
}

/** True when the topic is there and each of its partitions can be written to. */
export async function isReady(admin: Admin, topic: string, count: number): Promise<boolean> {
  const partitions = await partitionsOf(admin, topic);
  return partitions?.length === count && partitions.every(({ leader }) => leader >= 0);
}

interface BrokersWord {
  /** Such as TOPIC_AUTHORIZATION_FAILED. */
  readonly type: string;
  readonly message: string;
}

/** What the broker itself said, however deep kafkajs has packed it. */
export function brokersWord(error: unknown): BrokersWord | undefined {
  if (!(error instanceof Error)) return undefined;
  const { type, cause, errors } = error as Error & { type?: unknown; cause?: unknown; errors?: readonly unknown[] };
  if (typeof type === 'string') return { type, message: error.message };
  for (const inner of [cause, ...(errors ?? [])]) {
    const word = brokersWord(inner);
    if (word !== undefined) return word;
  }
  return undefined;
}
