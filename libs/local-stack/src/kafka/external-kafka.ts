import { somebodyElses } from '../processes/server-life.js';
import { brokerVersion } from './broker-version.js';
import { type KafkaHandle } from './kafka-handle.js';

/**
 * The Kafka that was named.
 * @throws when its first broker does not answer
 */
export async function externalKafka(brokers: readonly string[]): Promise<KafkaHandle> {
  const version = await brokerVersion(brokers[0]!).catch((cause: unknown) => {
    throw new Error(`Kafka does not answer at ${brokers[0]} (KAFKA_BROKERS)`, { cause });
  });
  const describe = `Apache Kafka ${version} at ${brokers.join()} (KAFKA_BROKERS)`;
  return { ...somebodyElses('Kafka'), brokers: [...brokers], version, kind: 'external', describe, logFile: undefined };
}
