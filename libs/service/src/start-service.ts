import 'reflect-metadata';
import { type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type ReadBack, type Tx } from '@kasir/messaging';
import {
  committedData,
  connectKafka,
  KafkaStrategy,
  type KafkaStrategyOptions,
  OriginalErrors,
} from '@kasir/messaging-nest';
import {
  type ConfigOf,
  type GaugeAbout,
  Health,
  type Logger,
  nestLogger,
  type Reading,
  type Running,
  snapshotGauges,
  startAdminServer,
} from '@kasir/platform';
import { type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DataSource } from 'typeorm';
import { connect, dataSourceOf, type Migration, requireMigrations } from './data-source.js';
import { brokerAddress, type KafkaSecurity } from './kafka-settings.js';
import { logged } from './logged.js';
import { messagingOf } from './messaging-of.js';
import { serviceMetrics } from './metrics.js';
import { deadLetterVerbs } from './operator/dead-letter-verbs.js';
import { OperatorDoor } from './operator/operator-door.js';
import { type OperatorVerbs } from './operator/operator-verb.js';
import { requireBroker } from './require-broker.js';
import { type commonSettings, poolOf, type PoolSettings } from './settings.js';
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

type Optional = keyof KafkaSecurity | keyof PoolSettings | 'OPERATOR_TOKEN';
type Common = ConfigOf<typeof commonSettings>;
/** What every service reads; what may be left out of an environment may be left out here. */
export type ServiceConfig = Omit<Common, Optional> & Partial<Pick<Common, Optional>>;

export interface ServiceSurroundings {
  readonly config: ServiceConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The service cannot go on by itself. */
  readonly fail: (reason: unknown) => void;
}

export interface RunningService extends Running {
  readonly adminUrl: string;
  /** Of the published door; undefined where there is none. */
  readonly url: string | undefined;
}

/**
 * Starts a service as it runs in production, or as one of several in a test's process. Resolves when it takes work, and
 * waits for a broker that does not answer.
 * @throws ConfigError where settings do not fit each other, or the broker or the database demands something else than they get
 */
export async function startService(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
): Promise<RunningService> {
  const { name, migrations } = definition;
  const { config, clock, logger } = surroundings;
  const { poolSize, concurrency } = poolOf(name, config);
  const dataSource = dataSourceOf(config.DATABASE_URL, migrations, name, { poolSize });
  await connect(dataSource, config.DATABASE_URL, logger);
  await requireMigrations(dataSource, name);
  const brokers = brokerAddress(name, config);
  const messaging = messagingOf(definition, { dataSource, brokers, concurrency, surroundings });
  const strategy = new KafkaStrategy({ messaging, whenPoisoned: definition.whenPoisoned, around: logged(logger) });
  const health = new Health();
  watchHealth(health, { dataSource, messaging, strategy });
  const door = new OperatorDoor({ service: name, token: config.OPERATOR_TOKEN, logger });
  const metrics = serviceMetrics(name, messaging);
  const admin = await startAdminServer({
    service: name,
    port: config.ADMIN_PORT,
    host: config.HOST,
    health,
    metrics,
    routes: door.routes,
  });
  try {
    await requireBroker(name, brokers, config.TOPIC_PREFIX, logger);
    const parts: ServiceParts = { messaging, committed: committedData(dataSource), clock, logger };
    const { module, background, operator, gauges = [] } = definition.wire(parts);
    for (const each of gauges) snapshotGauges(metrics, each.abouts, () => each.read());
    messaging.relay.start();
    const { app, url } = await startNest(module, strategy, definition, parts, config.HOST);
    background?.start();
    door.bind({ ...operator, ...deadLetterVerbs(messaging.deadLetters) });
    return {
      adminUrl: admin.url,
      url,
      stop: () => stopInOrder(health, app, background, messaging, dataSource, admin),
    };
  } catch (error) {
    await Promise.allSettled([messaging.stop(), admin.stop()]);
    await dataSource.destroy();
    throw error;
  }
}

/** The door first, so that no new work comes; then what is under way; the database last. */
async function stopInOrder(
  health: Health,
  app: INestApplicationContext,
  background: Background | undefined,
  messaging: Messaging,
  dataSource: DataSource,
  admin: Running,
): Promise<void> {
  health.startLeaving();
  await app.close();
  await background?.stop();
  await messaging.stop();
  await dataSource.destroy();
  await admin.stop();
}

async function startNest(
  module: DynamicModule,
  strategy: KafkaStrategy,
  { http }: ServiceDefinition,
  parts: ServiceParts,
  host: string,
): Promise<{ app: INestApplicationContext; url: string | undefined }> {
  const options = { logger: nestLogger(parts.logger), abortOnError: false };
  if (http === undefined) {
    const app = await NestFactory.createMicroservice(module, { ...options, strategy });
    app.useGlobalFilters(new OriginalErrors());
    await app.listen();
    return { app, url: undefined };
  }
  const app = await NestFactory.create<NestFastifyApplication>(module, http.adapter(), {
    ...options,
    bodyParser: false,
  });
  connectKafka(app, strategy);
  await http.prepare?.(app, parts);
  await app.startAllMicroservices();
  await app.listen(http.port, host);
  return { app, url: (await app.getUrl()).replace('[::1]', '127.0.0.1') };
}
