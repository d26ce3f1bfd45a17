import { type Admin } from 'kafkajs';
import { waitUntil } from '../processes/wait-until.js';
import { asAdmin } from './admin.js';

export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  /** Settings by their Kafka names, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
}

/**
 * Creates the topics that are missing, and returns when every partition has a leader; topics that exist keep their settings.
 * @throws when an existing topic has another number of partitions, for that would change which key goes where
 */
export async function applyTopics(
  brokers: readonly string[],
  topics: readonly TopicPlan[],
  replicationFactor = 1,
): Promise<void> {
  await asAdmin(brokers, async (admin) => {
    const present = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !present.has(name)).map((plan) => order(plan, replicationFactor));
    // its own waiting gives up when a new topic has not reached the broker's metadata yet
    if (missing.length > 0) await admin.createTopics({ waitForLeaders: false, topics: missing });
    const partitions = await waitUntil(() => partitionsOf(admin, topics), {
      what: 'every partition has a leader',
      timeoutMs: 30_000,
    });
    const wrong = topics.filter((plan) => partitions.get(plan.name) !== plan.partitions);
    if (wrong.length > 0) throw new Error(wrong.map((plan) => mismatch(plan, partitions.get(plan.name))).join('\n'));
  });
}

/** How many partitions each topic has, or undefined while one has no leader. */
async function partitionsOf(admin: Admin, plans: readonly TopicPlan[]): Promise<Map<string, number> | undefined> {
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map(({ name }) => name) });
  if (topics.some(({ partitions }) => partitions.some(({ leader }) => leader < 0))) return undefined;
  return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
}

const order = ({ name, partitions, config = {} }: TopicPlan, replicationFactor: number) => ({
  topic: name,
  numPartitions: partitions,
  replicationFactor,
  configEntries: Object.entries(config).map(([setting, value]) => ({ name: setting, value })),
});

const mismatch = ({ name, partitions }: TopicPlan, found: number | undefined): string =>
  `topic ${name} has ${found ?? 'no'} partitions, and ${partitions} are wanted`;
