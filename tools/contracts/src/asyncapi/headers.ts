import { type EventContract, type TopicContract } from '@kasir/contracts';
import { type JsonSchema, schemaName } from '../json-schema.js';

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...more });

const common = {
  'content-type': { type: 'string', const: 'application/json' },
  ce_specversion: { type: 'string', const: '1.0' },
  ce_id: text('derived from its cause: the same news has the same id, however often it is said', { format: 'uuid' }),
  ce_subject: text('the order; also the key of the message'),
  ce_time: text('when it happened', { format: 'date-time' }),
  ce_sequence: text('counts without gaps per order and producer; it reports losses and decides nothing', {
    pattern: '^[1-9][0-9]*$',
  }),
  ce_causationid: text('the id of what led to this event'),
  traceparent: text('W3C trace context'),
};

const optional = ['ce_causationid', 'traceparent'];

/** What every message wears: CloudEvents 1.0 in Kafka's binary mode, and ours. */
export const envelope: JsonSchema = {
  type: 'object',
  description: 'CloudEvents 1.0, Kafka protocol binding, binary mode',
  properties: common,
  required: Object.keys(common).filter((name) => !optional.includes(name)),
};

/** What one kind of message wears beside the envelope. */
export const ownHeaders = (topic: TopicContract, event: EventContract): JsonSchema => ({
  type: 'object',
  properties: {
    ce_type: { type: 'string', const: event.type },
    ce_source: { type: 'string', const: topic.producer, description: 'news from anybody else is not believed' },
    ce_dataschema: { type: 'string', const: schemaName(topic, event) },
  },
  required: ['ce_type', 'ce_source', 'ce_dataschema'],
});

export const exampleHeaders = (topic: TopicContract, event: EventContract, subject: unknown): JsonSchema => ({
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: '6f1c2a0e-8f4b-5c3d-9e7a-1b2c3d4e5f60',
  ce_type: event.type,
  ce_source: topic.producer,
  ce_subject: subject,
  ce_time: '2026-11-22T08:02:14.000Z',
  ce_dataschema: schemaName(topic, event),
  ce_sequence: '1',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
});
