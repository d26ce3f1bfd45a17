export { type EventContext, type WhenPoisoned } from '@kasir/messaging';
export { connectKafka } from './connect-kafka.js';
export { KafkaStrategy, type KafkaStrategyOptions } from './kafka-strategy.js';
export { OriginalErrors } from './original-errors.filter.js';
export { committedData, typeormDatabase } from './typeorm-database.js';
