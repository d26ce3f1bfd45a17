import { asAdmin } from './admin.js';

export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  /** Settings by their Kafka names, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
}

/**
 * Creates the topics that are missing; those that exist keep their settings.
 * @throws when an existing topic has another number of partitions, for that would change which key goes where
 */
export async function applyTopics(
  brokers: readonly string[],
  topics: readonly TopicPlan[],
  replicationFactor = 1,
): Promise<void> {
  await asAdmin(brokers, async (admin) => {
    const present = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !present.has(name));
    if (missing.length > 0)
      await admin.createTopics({ waitForLeaders: true, topics: missing.map((plan) => order(plan, replicationFactor)) });
    const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
    const partitions = new Map(found.map((topic) => [topic.name, topic.partitions.length]));
    const wrong = topics.filter((plan) => partitions.get(plan.name) !== plan.partitions);
    if (wrong.length > 0) throw new Error(wrong.map((plan) => mismatch(plan, partitions.get(plan.name))).join('\n'));
  });
}

const order = ({ name, partitions, config = {} }: TopicPlan, replicationFactor: number) => ({
  topic: name,
  numPartitions: partitions,
  replicationFactor,
  configEntries: Object.entries(config).map(([setting, value]) => ({ name: setting, value })),
});

const mismatch = ({ name, partitions }: TopicPlan, found: number | undefined): string =>
  `topic ${name} has ${found ?? 'no'} partitions, and ${partitions} are wanted`;
