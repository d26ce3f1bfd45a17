import { type KafkaHandle, type KafkaOptions } from './kafka-handle.js';
import { externalKafka } from './external-kafka.js';
import { ownKafka } from './own-kafka.js';

/**
 * A real Apache Kafka by the first way that is open: the brokers named, else one of our own from Maven's jars on Java 17 or newer.
 * @throws NoBroker when no way is open, naming the ways
 */
export function startKafka(options: KafkaOptions): Promise<KafkaHandle> {
  const { brokers } = options;
  if (brokers !== undefined && brokers.length > 0) return externalKafka(brokers);
  return ownKafka(options);
}
