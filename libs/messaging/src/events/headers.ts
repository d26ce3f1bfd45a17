import { type Envelope } from '@kasir/contracts';
import { type RecordHeaders } from '../broker.js';
import { utf8 } from './text.js';

/** CloudEvents 1.0, Kafka binding, binary mode: attributes are headers with the prefix ce_. */
const names = {
  id: 'ce_id',
  type: 'ce_type',
  source: 'ce_source',
  subject: 'ce_subject',
  time: 'ce_time',
  dataSchema: 'ce_dataschema',
  sequence: 'ce_sequence',
  causationId: 'ce_causationid',
  specVersion: 'ce_specversion',
  traceparent: 'traceparent',
  contentType: 'content-type',
} as const;

type Attribute = keyof typeof names;

/** Names the schema of an event for tools; the version is the topic's, because a breaking change is a new topic. */
export const dataSchema = (topic: string, type: string): string => `urn:kasir:${topic}:${type}`;

/** Everything but the sequence, which is counted by the database at the moment of writing. */
export function writeHeaders(
  topic: string,
  type: string,
  { causationId, traceparent, ...envelope }: Omit<Envelope, 'sequence'>,
): Record<string, string> {
  return {
    [names.specVersion]: '1.0',
    [names.id]: envelope.id,
    [names.type]: type,
    [names.source]: envelope.source,
    [names.subject]: envelope.subject,
    [names.time]: envelope.time,
    [names.dataSchema]: dataSchema(topic, type),
    ...(causationId === undefined ? {} : { [names.causationId]: causationId }),
    ...(traceparent === undefined ? {} : { [names.traceparent]: traceparent }),
    [names.contentType]: 'application/json',
  };
}

/** The text of one attribute, or undefined where it is missing, repeated or no UTF-8. */
export function readHeader(headers: RecordHeaders, attribute: Attribute): string | undefined {
  const value = headers[names[attribute]];
  if (typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? utf8(value) : undefined;
}
