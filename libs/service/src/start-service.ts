import 'reflect-metadata';
import { type Clock } from '@kasir/kernel';
import { committedData, KafkaStrategy } from '@kasir/messaging-nest';
import { type ConfigOf, Health, type Logger, type Running, snapshotGauges, startAdminServer } from '@kasir/platform';
import { type FastifyInstance } from 'fastify';
import { connect, dataSourceOf, requireMigrations } from './data-source.js';
import { brokerAddress, type KafkaSecurity } from './kafka-settings.js';
import { logged } from './logged.js';
import { messagingOf } from './messaging-of.js';
import { serviceMetrics } from './metrics.js';
import { deadLetterVerbs } from './operator/dead-letter-verbs.js';
import { nestApp } from './nest-app.js';
import { Opened } from './opened.js';
import { OperatorDoor } from './operator/operator-door.js';
import { orAborted } from './or-aborted.js';
import { requireBroker } from './require-broker.js';
import { type ServiceDefinition, type ServiceParts } from './service-definition.js';
import { type commonSettings, poolOf, type PoolSettings } from './settings.js';
import { warmUp } from './warm-up/warm-up.js';
import { watchHealth } from './watch-health.js';

type Optional = keyof KafkaSecurity | keyof PoolSettings | 'OPERATOR_TOKEN' | 'WARM_UP_SECONDS';
type Common = ConfigOf<typeof commonSettings>;
/** What every service reads; what may be left out of an environment may be left out here. */
export type ServiceConfig = Omit<Common, Optional> & Partial<Pick<Common, Optional>>;

export interface ServiceSurroundings {
  readonly config: ServiceConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The service cannot go on by itself. */
  readonly fail: (reason: unknown) => void;
  /** Gives up a start that is under way, and closes what it has opened. */
  readonly signal?: AbortSignal;
}

export interface RunningService extends Running {
  readonly adminUrl: string;
  /** Of the published door; undefined where there is none. */
  readonly url: string | undefined;
}

/**
 * Starts a service as it runs in production, or as one of several in a test's process. `/live` is answered from the beginning.
 * Resolves when it takes work, and waits for a broker that does not answer.
 * @throws ConfigError where settings do not fit each other, or the broker or the database demands something else than they get; the signal's reason when it is aborted
 */
export async function startService(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
): Promise<RunningService> {
  const { signal = new AbortController().signal } = surroundings;
  const opened = new Opened();
  try {
    return await orAborted(signal, start(definition, { ...surroundings, signal }, opened));
  } catch (error) {
    if (signal.aborted) await opened.closeWithin(givingUpMs);
    else await opened.close().catch(() => undefined);
    throw error;
  }
}

/** A broker that is away may hold up the closing of what waits for it. */
const givingUpMs = 2_000;

async function start(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings & { readonly signal: AbortSignal },
  opened: Opened,
): Promise<RunningService> {
  const { name, migrations } = definition;
  const { config, clock, logger, signal } = surroundings;
  const { poolSize, concurrency } = poolOf(name, config);
  const dataSource = dataSourceOf(config.DATABASE_URL, migrations, name, { poolSize });
  const brokers = brokerAddress(name, config);
  const messaging = messagingOf(definition, { dataSource, brokers, concurrency, surroundings });
  const health = new Health();
  const metrics = serviceMetrics(name, messaging);
  const door = new OperatorDoor({ service: name, token: config.OPERATOR_TOKEN, logger });
  health.startWaitsFor('waiting for PostgreSQL');
  const admin = await startAdminServer({
    ...{ service: name, port: config.ADMIN_PORT, host: config.HOST },
    ...{ health, metrics, routes: door.routes },
  });
  await opened.add(() => admin.stop());
  await opened.add(() => dataSource.isInitialized && dataSource.destroy());
  await connect(dataSource, config.DATABASE_URL, logger, signal);
  await requireMigrations(dataSource, name);
  await opened.add(() => messaging.stop());
  health.startWaitsFor('waiting for Kafka');
  await requireBroker(name, brokers, config.TOPIC_PREFIX, logger, signal);
  const serviceLogger = logger.child({});
  const committed = messaging.reading(committedData(dataSource));
  const parts: ServiceParts = { messaging, committed, clock, logger: serviceLogger };
  const { module, background, operator, gauges = [], warmUp: prepare } = definition.wire(parts);
  if (background !== undefined) await opened.add(() => background.stop());
  for (const each of gauges) snapshotGauges(metrics, each.abouts, () => each.read());
  messaging.relay.start();
  let http: FastifyInstance | undefined = undefined;
  const { WARM_UP_SECONDS: seconds = 0 } = config;
  const strategy = new KafkaStrategy({
    messaging,
    whenPoisoned: definition.whenPoisoned,
    around: logged(serviceLogger),
    beforeJoining: async () => {
      health.startWaitsFor('warming up');
      if (prepare !== undefined && seconds > 0)
        await warmUp({ seconds, prepare, messaging, http, serviceLogger, logger, signal });
      health.startWaitsFor('joining the consumer group');
    },
  });
  watchHealth(health, { dataSource, messaging, strategy });
  const nest = await nestApp(module, strategy, definition, parts);
  await opened.add(() => nest.app.close());
  http = nest.http;
  const url = await nest.listen(config.HOST);
  signal.throwIfAborted();
  background?.start();
  door.bind({ ...operator, ...deadLetterVerbs(messaging.deadLetters) });
  health.startWaitsFor();
  return {
    adminUrl: admin.url,
    url,
    stop: () => {
      health.startLeaving();
      return opened.close();
    },
  };
}
