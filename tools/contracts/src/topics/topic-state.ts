import { topicConfig, type TopicContract } from '@kasir/contracts';
import { type TopicsConfig } from './settings.js';

/** A topic as it should be. */
export interface DesiredTopic {
  /** The contract's name. */
  readonly contract: string;
  /** As the cluster knows it, prefix included. */
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Settings by their Kafka names. */
  readonly config: Settings;
  /** The groups that the contract lets read. */
  readonly readerGroups: readonly string[];
}

/** A topic as it is. */
export interface CurrentTopic {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Every setting that has a value, wherever it comes from. */
  readonly config: Settings;
  /** Those that were set on the topic itself. */
  readonly own: Settings;
}

type Settings = Readonly<Record<string, string>>;

type Environment = Pick<TopicsConfig, 'TOPIC_PREFIX' | 'REPLICATION_FACTOR' | 'MIN_ISR'> &
  Partial<Pick<TopicsConfig, 'TOPIC_PARTITIONS'>>;

/** What the contracts say, at the scale of one cluster. */
export const desiredTopics = (topics: readonly TopicContract[], env: Environment): readonly DesiredTopic[] =>
  topics.map((topic) => ({
    contract: topic.name,
    name: env.TOPIC_PREFIX + topic.name,
    partitions: env.TOPIC_PARTITIONS ?? topic.partitions,
    replicationFactor: env.REPLICATION_FACTOR,
    config: {
      ...topicConfig(topic),
      'min.insync.replicas': String(env.MIN_ISR),
      // A broker that missed messages must not become the one that everybody believes.
      'unclean.leader.election.enable': 'false',
    },
    readerGroups: topic.readers.map((reader) => env.TOPIC_PREFIX + reader),
  }));
