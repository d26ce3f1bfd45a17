import { type AnyEvent, type TopicContract } from '@kasir/contracts';
import { type KeptRecord, recordOf } from '../../consumer/records.js';
import { readEvent } from '../../events/reading.js';
import { utf8 } from '../../events/text.js';
import { type SaidRow } from './turn.js';

/** An event that the service said once, as it stands on its topic. */
export interface Own {
  readonly event: AnyEvent;
  readonly topic: string;
  readonly key: string;
  readonly headers: KeptRecord['headers'];
  readonly body: string;
  /** It was said again, or read back, or given up. */
  done: boolean;
}

/** The service's own events of one key, each once, in the order in which it said them. */
export function ownEvents(topics: readonly TopicContract[], records: readonly KeptRecord[]): Own[] {
  const events = new Map<string, Own>();
  for (const record of records) {
    const topic = topics.find(({ name }) => name === record.topic);
    if (topic === undefined) continue;
    const reading = readEvent(topic, recordOf(record));
    if (reading.kind !== 'event' || events.has(reading.event.id)) continue;
    const { event } = reading;
    const body = record.body === null ? '' : (utf8(record.body) ?? '');
    events.set(event.id, { event, topic: topic.name, key: event.subject, headers: record.headers, body, done: false });
  }
  return [...events.values()].sort((left, right) => left.event.sequence - right.event.sequence);
}

/** They tell when and on which way an event was said, not what it says. */
const ofTheMoment = new Set(['ce_time', 'ce_sequence', 'traceparent']);

/** What a replay says otherwise than it stands on the topic. */
export function differingFields(said: SaidRow, own: Own): string[] {
  const names = new Set([...Object.keys(said.headers), ...Object.keys(own.headers)]);
  const headers = [...names].filter((name) => !ofTheMoment.has(name) && said.headers[name] !== own.headers[name]);
  return [
    ...(said.topic === own.topic ? [] : ['topic']),
    ...(said.key === own.key ? [] : ['key']),
    ...(said.body === own.body ? [] : ['body']),
    ...headers,
  ];
}
