import { ConfigError, type ConfigOf, setting } from '@kasir/platform';
import { z } from 'zod';
import { kafkaSettings } from './kafka-settings.js';

/** What every service reads from its environment. */
export const commonSettings = {
  ADMIN_PORT: setting.port({
    description: 'the unpublished port: /live, /ready, /metrics, /operator',
    example: '4000',
  }),
  OPERATOR_TOKEN: setting
    .secret(
      {
        description: "what an operator has to show on that port; without it the operator's verbs are refused",
        example: 'openssl-rand-hex-24-prints-one',
      },
      24,
    )
    .optional(),
  HOST: setting.text({ description: 'the address to listen on', example: '127.0.0.1', fallback: '0.0.0.0' }),
  DATABASE_URL: setting.databaseUrl(),
  DATABASE_POOL_SIZE: setting.count({
    description: 'how many connections to PostgreSQL the service opens at most; they are kept open',
    example: '20',
    fallback: '10',
  }),
  CONSUMER_CONCURRENCY: setting.count({
    description: 'how many transactions apply events at the same time at most; must be less than `DATABASE_POOL_SIZE`',
    example: '12',
    fallback: '6',
  }),
  ...kafkaSettings,
  TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,64}$/, 'must be up to 64 letters, digits or . _ -')
    .default('')
    .meta({
      description: 'stands before every topic and group, so that deployments can share a broker',
      example: 'staging.',
    }),
  WARM_UP_SECONDS: z
    .string()
    .regex(/^(\d|[1-5]\d|60)$/, 'must be a number of seconds from 0 to 60')
    .transform(Number)
    .meta({
      description:
        'seconds of processor time for which a service runs its handlers in rolled-back transactions before it is ready, at most four times as long by the clock; 0 for not at all',
      example: '5',
      fallback: '3',
    }),
};

/** What a configuration that is made by hand may leave out. */
export type PoolSettings = Partial<
  Pick<ConfigOf<typeof commonSettings>, 'DATABASE_POOL_SIZE' | 'CONSUMER_CONCURRENCY'>
>;

/** @throws ConfigError where consumers could take every connection, so that the relay and requests wait for them */
export function poolOf(
  service: string,
  { DATABASE_POOL_SIZE: poolSize = 10, CONSUMER_CONCURRENCY: concurrency = 6 }: PoolSettings,
): { readonly poolSize: number; readonly concurrency: number } {
  if (concurrency >= poolSize)
    throw new ConfigError(
      service,
      `CONSUMER_CONCURRENCY (${concurrency}) must be less than DATABASE_POOL_SIZE (${poolSize}): the relay and requests need connections, too`,
    );
  return { poolSize, concurrency };
}

/** All that a migration needs. */
export const migrationSettings = { DATABASE_URL: commonSettings.DATABASE_URL };
