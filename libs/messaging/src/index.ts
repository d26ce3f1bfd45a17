export { type Consumer, type Health } from './consumer/consumer.js';
export { type ConsumerStats, type PartitionStats } from './consumer/consumer-stats.js';
export {
  type AnySubscription,
  type EventContext,
  type Subscription,
  type WhenPoisoned,
} from './consumer/subscription.js';
export { columns } from './columns.js';
export { type CrashPoint, crashPointsFrom, messagingCrashPoints, type Passing } from './crash-points.js';
export { type Database, type DatabaseSession, type Tx } from './database.js';
export { eventId } from './events/event-id.js';
export { type BrokerAddress } from './kafkajs/broker.js';
export { type BrokerNeeds } from './kafkajs/probe/needs.js';
export { BrokerRefusal, probeBroker, type ProbeOptions } from './kafkajs/probe/probe.js';
export { gathered } from './gathered.js';
export { type Log } from './log.js';
export { createMessaging, type Messaging, type MessagingOptions } from './messaging.js';
export {
  DeadLetterClosed,
  type DeadLetterAction,
  type DeadLetterDetails,
  type DeadLetters,
  type DeadLetterState,
  type DeadLetterSummary,
  type Discarded,
  NoSuchDeadLetter,
  type OperatorOrder,
  type Redriven,
  type Released,
} from './operator/dead-letters.js';
export { type Rehearsal, type Sample } from './rehearsal/applying.js';
export { type CausedBy, type News, type Outbox } from './outbox/outbox.js';
export { type Relay } from './outbox/relay.js';
export { type MessagingStats } from './stats.js';
export { messagingTables } from './tables.js';
export { Unprocessable } from './unprocessable.js';
