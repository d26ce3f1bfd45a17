import './codecs.js';
import './corrections.js';
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs';
import { type Broker } from '../broker.js';
import { type Log } from '../log.js';
import { KafkajsConsumer } from './consumer.js';
import { brokerFailure } from './failure.js';
import { readLag } from './lag.js';
import { kafkajsLog } from './log.js';
import { KafkajsProducer } from './producer.js';

/** How to reach the brokers. */
export interface BrokerAddress {
  /** host:port of some of them */
  readonly brokers: readonly string[];
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: SASLOptions;
  /** How long one request may take before it is asked again; 10,000 ms by default. */
  readonly requestTimeoutMs?: number;
  /** How soon the group gives the partitions of a dead consumer to others; 10,000 ms by default, 6,000 is Kafka's own minimum. */
  readonly sessionTimeoutMs?: number;
}

export interface KafkajsOptions extends BrokerAddress {
  readonly clientId: string;
  readonly topicPrefix: string;
  readonly log: Log;
}

const pause = { initialRetryTime: 100, maxRetryTime: 1_000 };
/** Who sends hears soon that it did not work, and decides itself. */
const impatient = { ...pause, retries: 3 };
/** A consumer that gives up comes back as a new member, and its partitions wait until the old one is declared dead. */
const patient = { ...pause, retries: 1_000_000 };

interface KafkajsBroker extends Broker {
  /** Does beforehand what the first sending would wait for. @throws {BrokerFailure} */
  connectProducer(): Promise<void>;
}

/** A broker behind kafkajs. Nothing connects before it is needed. */
export function kafkajsBroker({ log, topicPrefix, clientId, ...address }: KafkajsOptions): KafkajsBroker {
  const config: KafkaConfig = {
    clientId,
    brokers: [...address.brokers],
    ...(address.ssl === undefined ? {} : { ssl: address.ssl }),
    ...(address.sasl === undefined ? {} : { sasl: address.sasl }),
    connectionTimeout: 2_000,
    requestTimeout: address.requestTimeoutMs ?? 10_000,
    logLevel: logLevel.WARN,
    logCreator: kafkajsLog(log),
  };
  const asking = new Kafka({ ...config, retry: impatient });
  const listening = new Kafka({ ...config, retry: patient });
  const { sessionTimeoutMs = 10_000 } = address;
  const admin = asking.admin({ retry: { ...pause, retries: 0 } });
  const producer = new KafkajsProducer(asking, topicPrefix);
  return {
    producer,
    connectProducer: () => producer.connect(),
    consumer: (group, topics) =>
      new KafkajsConsumer({ kafka: listening, admin, group, topics, topicPrefix, log, sessionTimeoutMs }),
    lag: (group, topics) => readLag(admin, group, topics, topicPrefix),
    async ping() {
      await admin.describeCluster().catch((error: unknown) => {
        throw brokerFailure(error);
      });
    },
    async close() {
      await Promise.all([producer.close(), admin.disconnect()]);
    },
  };
}
