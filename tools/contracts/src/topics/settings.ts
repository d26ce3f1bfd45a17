import { ConfigError, type ConfigOf, type Environment, loadConfig } from '@kasir/platform';
import { commonSettings, kafkaSettings } from '@kasir/service';
import { z } from 'zod';

const count = (about: { description: string; example: string; fallback?: string }) =>
  z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 999')
    .transform(Number)
    .meta({ ...about });

const settings = {
  ...kafkaSettings,
  TOPIC_PREFIX: commonSettings.TOPIC_PREFIX,
  REPLICATION_FACTOR: count({
    description: 'how many brokers keep each message',
    example: '3',
    fallback: '3',
  }),
  MIN_ISR: count({
    description: 'how many of them must have a message before it counts as taken',
    example: '2',
    fallback: '2',
  }),
  TOPIC_PARTITIONS: count({
    description:
      "how many partitions each topic has, instead of its contract's number; the most instances of a service that share the work",
    example: '6',
  }).optional(),
};

export type TopicsConfig = ConfigOf<typeof settings>;

/** @throws ConfigError */
export function readSettings(env: Environment): TopicsConfig {
  const config = loadConfig('topics', settings, env);
  const { REPLICATION_FACTOR: copies, MIN_ISR: least } = config;
  if (least > copies)
    throw new ConfigError(
      'topics',
      `MIN_ISR=${least} is more than REPLICATION_FACTOR=${copies}: no message would be taken`,
    );
  return config;
}
