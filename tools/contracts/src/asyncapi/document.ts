import { type EventContract, topicConfig, type TopicContract } from '@kasir/contracts';
import { dataSchemaOf, type JsonSchema } from '../json-schema.js';
import { envelope, exampleHeaders, ownHeaders } from './headers.js';

/** An example of an event's data, by its type. */
export type Examples = (type: string) => JsonSchema;

interface Described {
  readonly topics: readonly TopicContract[];
  readonly examples: Examples;
  readonly version: string;
}

/** Who says and who hears what, as an AsyncAPI 3 document: a channel per topic, an operation per service and topic. */
export function asyncapiDocument({ topics, examples, version }: Described): JsonSchema {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Kasir',
      version,
      license: { name: 'Apache-2.0' },
      description:
        'The news that the services of Kasir tell each other and you, on Apache Kafka. Every topic has one producer. ' +
        'Messages are keyed by the order, so the news of one order arrives in order on each topic; there is no order ' +
        'between topics. A message may arrive twice: its ce_id tells. Readers tolerate fields and kinds of events they ' +
        'do not know; a breaking change is a new topic.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channel(topic)])),
    operations: Object.fromEntries(topics.flatMap(operations)),
    components: {
      schemas: { Envelope: envelope },
      messages: Object.fromEntries(
        topics.flatMap((topic) =>
          topic.events.map((event) => [event.type, message(topic, event, examples(event.type))]),
        ),
      ),
    },
  };
}

const kafka = (binding: JsonSchema): JsonSchema => ({ kafka: { ...binding, bindingVersion: '0.5.0' } });

const channel = (topic: TopicContract): JsonSchema => {
  const { 'cleanup.policy': policy, 'retention.ms': ms, 'retention.bytes': bytes } = topicConfig(topic);
  return {
    address: topic.name,
    description: `Said by ${topic.producer} alone, kept ${kept(topic)}, read by ${topic.readers.join(', ')}.`,
    messages: Object.fromEntries(topic.events.map(({ type }) => [type, ref('components', 'messages', type)])),
    bindings: kafka({
      topic: topic.name,
      partitions: topic.partitions,
      topicConfiguration: {
        'cleanup.policy': policy!.split(','),
        'retention.ms': Number(ms),
        'retention.bytes': Number(bytes),
      },
    }),
    'x-kasir-key': topic.key,
    'x-kasir-retention': kept(topic),
    'x-kasir-producer': topic.producer,
    'x-kasir-readers': topic.readers,
  };
};

const operations = (topic: TopicContract): readonly (readonly [string, JsonSchema])[] => [
  [`${topic.producer}-says-${topic.name}`, operation('send', topic, topic.producer, `${topic.producer} says`)],
  ...topic.readers.map(
    (reader) => [`${reader}-hears-${topic.name}`, operation('receive', topic, reader, `${reader} hears`)] as const,
  ),
];

const operation = (action: 'send' | 'receive', { name, events }: TopicContract, service: string, title: string) => ({
  action,
  title: `${title} ${name}`,
  channel: ref('channels', name),
  messages: events.map(({ type }) => ref('channels', name, 'messages', type)),
  ...(action === 'receive' ? { bindings: kafka({ groupId: { type: 'string', const: service } }) } : {}),
  'x-kasir-service': service,
});

const message = (topic: TopicContract, event: EventContract, data: JsonSchema): JsonSchema => ({
  name: event.type,
  title: event.type,
  contentType: 'application/json',
  headers: { allOf: [ref('components', 'schemas', 'Envelope'), ownHeaders(topic, event)] },
  payload: dataSchemaOf(event, 'draft-7'),
  bindings: kafka({ key: { type: 'string', description: `the ${topic.key} of the data` } }),
  examples: [{ name: event.type, headers: exampleHeaders(topic, event, data[topic.key]), payload: data }],
});

const ref = (...path: readonly string[]): JsonSchema => ({ $ref: `#/${path.join('/')}` });

const kept = ({ retention }: TopicContract): string =>
  retention === 'for ever' ? 'for ever' : `${retention.days} days`;
