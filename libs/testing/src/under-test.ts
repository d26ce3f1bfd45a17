import { type TopicContract } from '@kasir/contracts';
import { type Clock, systemClock } from '@kasir/kernel';
import { createLogger } from '@kasir/platform';
import {
  dataSourceOf,
  type RunningService,
  type ServiceConfig,
  type ServiceDefinition,
  startService,
} from '@kasir/service';
import { type Bus, openBus } from './bus.js';
import { queryOnce } from './database.js';
import { migratedDatabase } from './migrated.js';
import { freshTopics } from './topics.js';

/** One service as it runs in production, alone with a database and topics of its own; the test plays everybody else. */
export interface UnderTest {
  readonly service: RunningService;
  readonly bus: Bus;
  readonly databaseUrl: string;
  /** What it runs with; its operator's token is in it. */
  readonly config: ServiceConfig;
  rows<Row extends object>(sql: string, params?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

interface Options {
  /** What the service says, to be heard by the test. */
  readonly listenTo: readonly TopicContract[];
  readonly clock?: Clock;
  /** It does not warm up unless given. */
  readonly warmUpSeconds?: number;
  /** Gets every line from info on; without it only fatal ones are printed. */
  readonly onLine?: (line: string) => void;
}

export async function startUnderTest(
  definition: ServiceDefinition,
  { listenTo, clock = systemClock, warmUpSeconds = 0, onLine }: Options,
): Promise<UnderTest> {
  const databaseUrl = await migratedDatabase((url) => dataSourceOf(url, definition.migrations, 'test'));
  const { prefix, brokers } = await freshTopics();
  const bus = await openBus(prefix, listenTo);
  const config: ServiceConfig = {
    ADMIN_PORT: 0,
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
    OPERATOR_TOKEN: 'the-operator-of-the-tests',
    WARM_UP_SECONDS: warmUpSeconds,
  };
  const fail = (reason: unknown) => {
    throw new Error(`${definition.name} gave up`, { cause: reason });
  };
  const logger = createLogger(
    definition.name,
    onLine === undefined ? { level: 'fatal' } : { level: 'info', destination: { write: onLine } },
  );
  const service = await startService(definition, { config, clock, logger, fail });
  return {
    service,
    bus,
    databaseUrl,
    config,
    rows: (sql, params) => queryOnce(databaseUrl, sql, params),
    stop: async () => {
      await service.stop();
      await bus.close();
    },
  };
}
