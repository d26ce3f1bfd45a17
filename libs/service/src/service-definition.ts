import { type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Tx } from '@kasir/messaging';
import { type KafkaStrategyOptions } from '@kasir/messaging-nest';
import { type GaugeAbout, type Logger, type Reading } from '@kasir/platform';
import { type DynamicModule } from '@nestjs/common';
import { type FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Migration } from './data-source.js';
import { type OperatorVerbs } from './operator/operator-verb.js';
import { type WarmUp } from './warm-up/warm-up.js';

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
