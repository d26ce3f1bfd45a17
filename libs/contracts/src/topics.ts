import { type TopicContract } from './define.js';
import { orders } from './orders.js';
import { paymentSessions } from './payment-sessions.js';
import { payments } from './payments.js';
import { sessionRequests } from './session-requests.js';

/** Every topic of Kasir, in the order in which a payment travels. */
export const topics: readonly TopicContract[] = [sessionRequests, paymentSessions, payments, orders];

const dayMs = 86_400_000;

/**
 * Kafka's own settings of a topic. Messages are never compacted away: the key is the order, not the message. No size
 * ends a message either, whatever the cluster's default is.
 */
export const topicConfig = ({ retention }: TopicContract): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': retention === 'for ever' ? '-1' : String(retention.days * dayMs),
  'retention.bytes': '-1',
});
