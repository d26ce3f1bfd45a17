import { type AnyEvent, type Envelope, type TopicContract } from '@kasir/contracts';
import { type IncomingRecord, type RecordHeaders } from '../broker.js';
import { dataSchema, readHeader } from './headers.js';
import { utf8 } from './text.js';

export type Reading =
  | {
      readonly kind: 'event';
      readonly event: AnyEvent;
      /** The paths of what the contract does not name; the event is without them. */
      readonly unknownFields: readonly string[];
    }
  | { readonly kind: 'unknown-type'; readonly type: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

class Unreadable extends Error {}

/** Turns a record into an event of its topic, or says why nobody can. */
export function readEvent(topic: TopicContract, record: IncomingRecord): Reading {
  try {
    return read(topic, record);
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : `cannot be read: ${String(error)}`;
    return { kind: 'unreadable', reason };
  }
}

function read(topic: TopicContract, record: IncomingRecord): Reading {
  const envelope = readEnvelope(topic, record.headers);
  const contract = topic.events.find(({ type }) => type === envelope.type);
  if (contract === undefined) return { kind: 'unknown-type', type: envelope.type };

  const schema = readHeader(record.headers, 'dataSchema');
  demand(schema === dataSchema(topic.name, envelope.type), `ce_dataschema ${schema} is not of ${topic.name}`);
  const sent = readJson(record.value);
  const data = contract.data.safeParse(sent);
  if (!data.success) throw new Unreadable(`data is no ${envelope.type}: ${explain(data.error.issues)}`);

  const event = { ...envelope, data: data.data as AnyEvent['data'] };
  const key = record.key === null ? undefined : utf8(record.key);
  demand(key === event.data[topic.key], `key ${key} is not the ${topic.key} of the data`);
  demand(key === event.subject, `key ${key} is not the ce_subject`);
  return { kind: 'event', event, unknownFields: [...unknownFields(sent, event.data)] };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readEnvelope(topic: TopicContract, headers: RecordHeaders): Envelope & { readonly type: string } {
  const need = (attribute: Parameters<typeof readHeader>[1]): string => {
    const value = readHeader(headers, attribute);
    demand(value !== undefined && value !== '', `header ${attribute} is missing or no text`);
    return value;
  };
  demand(need('specVersion') === '1.0', 'ce_specversion is not 1.0');
  const id = need('id');
  demand(uuid.test(id), 'ce_id is no UUID');
  const source = need('source');
  demand(source === topic.producer, `ce_source ${source} is not ${topic.producer}, who alone says ${topic.name}`);
  const sequence = Number(need('sequence'));
  demand(Number.isSafeInteger(sequence) && sequence > 0, 'ce_sequence is no count');
  const time = need('time');
  demand(!Number.isNaN(Date.parse(time)), 'ce_time is no time');
  const causationId = readHeader(headers, 'causationId');
  const traceparent = readHeader(headers, 'traceparent');
  return {
    id: id.toLowerCase(),
    type: need('type'),
    source,
    subject: need('subject'),
    time,
    sequence,
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

function readJson(value: Buffer | null): unknown {
  demand(value !== null, 'there is no body');
  const text = utf8(value);
  demand(text !== undefined, 'the body is no UTF-8');
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('the body is no JSON');
  }
}

function* unknownFields(sent: unknown, known: unknown, path = ''): Iterable<string> {
  if (typeof sent !== 'object' || sent === null || typeof known !== 'object' || known === null) return;
  for (const [name, value] of Object.entries(sent))
    if (Object.hasOwn(known, name))
      yield* unknownFields(value, (known as Record<string, unknown>)[name], `${path}${name}.`);
    else yield path + name;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export const explain = (issues: readonly Issue[]): string =>
  issues.map(({ path, message }) => `${path.map(String).join('.') || 'data'}: ${message}`).join('; ');

function demand(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Unreadable(reason);
}
