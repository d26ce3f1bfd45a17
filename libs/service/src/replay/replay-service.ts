import 'reflect-metadata';
import { createMessaging, replay, type ReplayReport } from '@kasir/messaging';
import { committedData, typeormDatabase } from '@kasir/messaging-nest';
import { type Logger } from '@kasir/platform';
import { type DataSource } from 'typeorm';
import { connect, dataSourceOf } from '../data-source.js';
import { brokerAddress } from '../kafka-settings.js';
import { type ServiceDefinition, type ServiceParts } from '../service-definition.js';
import { type ServiceConfig } from '../start-service.js';
import { dropSchema, freshSchema, requirePlainName } from './fresh-schema.js';
import { heardBy } from './heard-by.js';

export interface ReplaySurroundings {
  readonly config: Pick<ServiceConfig, 'DATABASE_URL' | 'TOPIC_PREFIX' | 'KAFKA_BROKERS'> & Partial<ServiceConfig>;
  readonly logger: Logger;
  /** In the service's own database, and empty or not there yet. It stays, filled, unless the replay fails. */
  readonly schema: string;
  /** Only the report is wanted: the schema goes in the end. */
  readonly drop?: boolean;
}

/**
 * Rebuilds a service's tables from its topics in a schema of their own. Its relay, its timers and its doors stay shut; the running
 * service notices nothing. The same topics give the same rows, byte for byte.
 * @throws ConfigError for a schema that cannot be taken
 * @throws Error where the broker or the database is lost; the schema is dropped then
 */
export async function replayService(
  definition: ServiceDefinition,
  { config, logger, schema, drop = false }: ReplaySurroundings,
): Promise<ReplayReport> {
  const { name, migrations } = definition;
  requirePlainName(name, schema);
  const dataSource = dataSourceOf(config.DATABASE_URL, migrations, `${name}-replay`, { statementMs: 0, schema });
  await connect(dataSource, config.DATABASE_URL, logger);
  try {
    await freshSchema(dataSource, name, schema);
    const report = await fill(definition, { config, logger }, dataSource).catch(async (error: unknown) => {
      await dropSchema(dataSource, schema).catch(() => undefined);
      throw error;
    });
    if (drop) await dropSchema(dataSource, schema);
    return report;
  } finally {
    await dataSource.destroy();
  }
}

async function fill(
  definition: ServiceDefinition,
  { config, logger }: Pick<ReplaySurroundings, 'config' | 'logger'>,
  dataSource: DataSource,
): Promise<ReplayReport> {
  const { name } = definition;
  await dataSource.runMigrations();
  let at = new Date(0);
  const clock = { now: () => new Date(at) };
  const brokers = brokerAddress(name, config);
  const common = { service: name, database: typeormDatabase(dataSource), brokers, topicPrefix: config.TOPIC_PREFIX };
  const onFatal = (error: Error) => logger.error({ err: error }, 'what a replay never starts has failed');
  const messaging = createMessaging({ ...common, log: logger, clock, onFatal });
  const parts: ServiceParts = { messaging, committed: committedData(dataSource), clock, logger };
  const { module, background, readBack = {} } = definition.wire(parts);
  const ears = await heardBy(module, definition, messaging, logger);
  try {
    const setClock = (now: Date): void => void (at = now);
    return await replay({ ...common, subscriptions: ears.subscriptions, readBack, setClock, log: logger });
  } finally {
    await ears.close();
    await background?.stop();
    await messaging.stop();
  }
}
