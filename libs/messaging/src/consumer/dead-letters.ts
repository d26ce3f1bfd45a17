import { type IncomingRecord, type RecordHeaders } from '../broker.js';
import { type Tx } from '../database.js';
import { utf8 } from '../events/text.js';

export interface DeadLetter {
  readonly consumer: string;
  readonly record: IncomingRecord;
  readonly reason: string;
  readonly attempts: number;
  readonly at: Date;
}

/** Keeps a message that cannot be applied, byte for byte and with its reason. The same message is kept once. */
export const keepDeadLetter = (tx: Tx, { consumer, record, reason, attempts, at }: DeadLetter): Promise<unknown> =>
  tx.query(
    `insert into dead_letters
       (consumer, topic, partition, message_offset, sent_at, key, headers, body, reason, attempts, died_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (consumer, topic, partition, message_offset, sent_at) do nothing`,
    [
      consumer,
      record.topic,
      record.partition,
      record.offset,
      new Date(Number(record.timestamp)),
      record.key,
      JSON.stringify(readableHeaders(record.headers)),
      record.value,
      withoutNul(reason),
      attempts,
      at,
    ],
  );

type Readable = string | { readonly base64: string };

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

const withoutNul = (text: string): string => text.replaceAll('\0', '\u2400');
