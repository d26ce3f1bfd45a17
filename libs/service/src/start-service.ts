import 'reflect-metadata';
import { type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type ReadBack, type Tx } from '@kasir/messaging';
import { committedData, KafkaStrategy, type KafkaStrategyOptions } from '@kasir/messaging-nest';
import {
  type ConfigOf,
  type GaugeAbout,
  Health,
  type Logger,
  type Reading,
  type Running,
  snapshotGauges,
  startAdminServer,
} from '@kasir/platform';
import { type DynamicModule } from '@nestjs/common';
import { type FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { connect, dataSourceOf, type Migration, requireMigrations } from './data-source.js';
import { brokerAddress, type KafkaSecurity } from './kafka-settings.js';
import { logged } from './logged.js';
import { messagingOf } from './messaging-of.js';
import { serviceMetrics } from './metrics.js';
import { deadLetterVerbs } from './operator/dead-letter-verbs.js';
import { nestApp } from './nest-app.js';
import { Opened } from './opened.js';
import { OperatorDoor } from './operator/operator-door.js';
import { type OperatorVerbs } from './operator/operator-verb.js';
import { orAborted } from './or-aborted.js';
import { requireBroker } from './require-broker.js';
import { type commonSettings, poolOf, type PoolSettings } from './settings.js';
import { type WarmUp, warmUp } from './warm-up/warm-up.js';
import { watchHealth } from './watch-health.js';

/** What a service's wiring gets to plug itself into. */
export interface ServiceParts {
  readonly messaging: Messaging;
  /** What is committed, for statements that only read. */
  readonly committed: Tx;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Work that nobody asks for from outside, such as calls that have become due. */
export interface Background {
  start(): void;
  stop(): Promise<void>;
}

/** Numbers that are a service's own, all of them read by one call when somebody asks for its metrics. */
export interface Gauges {
  readonly abouts: Readonly<Record<string, GaugeAbout>>;
  read(): Promise<Readonly<Record<string, Reading>>>;
}

export interface Wiring {
  readonly module: DynamicModule;
  readonly background?: Background;
  readonly gauges?: readonly Gauges[];
  /** What an operator may ask of this service, beside its dead letters. */
  readonly operator?: OperatorVerbs;
  /**
   * For a replay, by the types of the service's own events: how its tables follow what it once decided by the clock, by a person's
   * word or by an answer from outside, and no event made it say. Saying the event again is allowed, and changes nothing.
   */
  readonly readBack?: ReadBack;
  /** What it runs before it is ready, so that the first payments find compiled code. */
  readonly warmUp?: () => WarmUp | Promise<WarmUp>;
}

export interface ServiceDefinition {
  readonly name: ReaderName;
  readonly migrations: readonly Migration[];
  readonly wire: (parts: ServiceParts) => Wiring;
  /** Every topic that it says something on; it does not start where a contract names another producer. */
  readonly says?: readonly TopicContract[];
  /** By the names of topics: what becomes of an order's later messages after a dead letter. They wait unless it says 'pass'. */
  readonly whenPoisoned?: KafkaStrategyOptions['whenPoisoned'];
  /** The published door, for services that have one. */
  readonly http?: {
    readonly port: number;
    readonly adapter: () => FastifyAdapter;
    readonly prepare?: (app: NestFastifyApplication, parts: ServiceParts) => void | Promise<void>;
  };
}

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
  let http: FastifyInstance | undefined;
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
