import { dockerKafka } from './docker/docker-kafka.js';
import { externalKafka } from './external-kafka.js';
import { type KafkaHandle, type KafkaOptions } from './kafka-handle.js';
import { NoBroker } from './no-broker.js';
import { ownKafka } from './own-kafka.js';

/**
 * A real Apache Kafka by the first way that is open: the brokers named, else one of our own from Maven's jars on Java 17
 * or newer, else one of our own in a Docker container.
 * @throws NoBroker when no way is open, naming the ways
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaHandle> {
  const { brokers } = options;
  if (brokers !== undefined && brokers.length > 0) return externalKafka(brokers);
  const closed: string[] = [];
  for (const start of [ownKafka, dockerKafka]) {
    try {
      return await start(options);
    } catch (error) {
      if (!(error instanceof NoBroker)) throw error;
      closed.push(error.missing);
    }
  }
  throw new NoBroker(closed.join('; and '));
}
