import { type IncomingRecord, type RecordHeaders } from '../broker.js';
import { utf8 } from '../events/text.js';

/** A message as the database keeps it, byte for byte. */
export interface KeptRecord {
  readonly topic: string;
  readonly partition: number;
  readonly message_offset: string;
  readonly sent_at: Date;
  readonly key: Buffer | null;
  readonly headers: KeptHeaders;
  readonly body: Buffer | null;
}

type Readable = string | { readonly base64: string };
export type KeptHeaders = Readonly<Record<string, Readable | Readable[]>>;

/** The values of topic, partition, message_offset, sent_at, key, headers and body. */
export const columnsOf = (record: IncomingRecord): unknown[] => [
  record.topic,
  record.partition,
  record.offset,
  sentAt(record),
  record.key,
  JSON.stringify(readableHeaders(record.headers)),
  record.value,
];

/** So many bytes of a key are indexed: PostgreSQL takes less than 2,704, and no contract allows a key that is nearly as long. */
export const indexedBytes = 1_000;

const latestMs = 8_640_000_000_000_000;

/** Whoever sends a message stamps it as he likes. A time that no calendar here has is kept as the nearest one that it has. */
const sentAt = ({ timestamp }: IncomingRecord): Date => new Date(Math.min(Math.max(Number(timestamp), 0), latestMs));

export const recordOf = (kept: KeptRecord): IncomingRecord => ({
  topic: kept.topic,
  partition: kept.partition,
  offset: kept.message_offset,
  timestamp: String(kept.sent_at.getTime()),
  key: kept.key,
  headers: Object.fromEntries(
    Object.entries(kept.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(bytesOf) : bytesOf(value as Readable),
    ]),
  ),
  value: kept.body,
});

/** Text where it is text, so that a person can read it; PostgreSQL's text and jsonb cannot hold a NUL. */
function readableHeaders(headers: RecordHeaders): Record<string, Readable | Readable[]> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(
        (header): header is [string, NonNullable<(typeof header)[1]>] => header[1] !== undefined && header[1] !== null,
      )
      .map(([name, value]) => [withoutNul(name), Array.isArray(value) ? value.map(readable) : readable(value)]),
  );
}

function readable(value: Buffer | string): Readable {
  const bytes = Buffer.from(value);
  const text = utf8(bytes);
  return text === undefined || text.includes('\0') ? { base64: bytes.toString('base64') } : text;
}

const bytesOf = (value: Readable): Buffer =>
  typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.base64, 'base64');

export const withoutNul = (text: string): string => text.replaceAll('\0', '\u2400');
