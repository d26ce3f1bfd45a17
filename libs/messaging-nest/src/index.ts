export { connectKafka } from './connect-kafka.js';
export { type EventContext, KafkaStrategy, type KafkaStrategyOptions } from './kafka-strategy.js';
export { OriginalErrors } from './original-errors.filter.js';
export { typeormDatabase } from './typeorm-database.js';
