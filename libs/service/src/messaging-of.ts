import { type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type BrokerAddress, createMessaging, type Messaging } from '@kasir/messaging';
import { typeormDatabase } from '@kasir/messaging-nest';
import { ConfigError, type Logger } from '@kasir/platform';
import { type DataSource } from 'typeorm';
import { decisionLog } from './decision-log.js';

interface Speaker {
  readonly name: ReaderName;
  readonly says?: readonly TopicContract[];
}

interface Connections {
  readonly dataSource: DataSource;
  readonly brokers: BrokerAddress;
  readonly concurrency: number;
  readonly surroundings: {
    readonly config: { readonly TOPIC_PREFIX: string };
    readonly clock: Clock;
    readonly logger: Logger;
    readonly fail: (reason: unknown) => void;
  };
}

/** @throws ConfigError where the service must not say what it says, or is told to crash where it must not */
export function messagingOf(
  { name, says }: Speaker,
  { dataSource, brokers, concurrency, surroundings }: Connections,
): Messaging {
  const { config, clock, logger, fail } = surroundings;
  const decisions = decisionLog(logger);
  try {
    const messaging = createMessaging({
      service: name,
      database: decisions.database(typeormDatabase(dataSource)),
      brokers,
      topicPrefix: config.TOPIC_PREFIX,
      log: logger,
      clock,
      concurrency,
      onFatal: fail,
      ...(says === undefined ? {} : { says }),
    });
    return { ...messaging, outbox: decisions.outbox(messaging.outbox) };
  } catch (error) {
    throw new ConfigError(name, (error as Error).message);
  }
}
