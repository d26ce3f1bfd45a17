import { setting } from '@kasir/platform';
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
  ...kafkaSettings,
  TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,64}$/, 'must be up to 64 letters, digits or . _ -')
    .default('')
    .meta({
      description: 'stands before every topic and group, so that deployments can share a broker',
      example: 'staging.',
    }),
};

/** All that a migration needs. */
export const migrationSettings = { DATABASE_URL: commonSettings.DATABASE_URL };
