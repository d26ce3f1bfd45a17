import { type Tx } from '../database.js';
import { utf8 } from '../events/text.js';
import { type KeptRecord } from '../consumer/records.js';
import {
  type DeadLetterAction,
  type DeadLetterDetails,
  type DeadLetterState,
  type DeadLetterSummary,
} from './dead-letters.js';

interface Row extends KeptRecord {
  readonly id: string;
  readonly consumer: string;
  readonly reason: string;
  readonly attempts: number;
  readonly died_at: Date;
  readonly state: DeadLetterState;
  readonly waiting: number;
}

const most = 500;

const columns = (body: string): string => `
  letter.id, consumer, topic, partition, message_offset, sent_at, key, headers, ${body} as body,
  reason, attempts, died_at, state,
  (select count(*)::int from waiting_messages as behind
   where letter.holds and behind.consumer = letter.consumer and behind.topic = letter.topic and behind.key = letter.key
  ) as waiting`;

export async function listLetters(
  tx: Tx,
  consumer: string,
  { limit = 50, after = '0', state = 'kept' }: { limit?: number; after?: string; state?: DeadLetterState },
): Promise<DeadLetterSummary[]> {
  const rows = await tx.query<Row>(
    `select ${columns('null::bytea')} from dead_letters as letter
     where consumer = $1 and state = $2 and id > $3 order by id limit $4`,
    [consumer, state, after, Math.max(1, Math.min(limit, most))],
  );
  return rows.map(summaryOf);
}

export async function showLetter(tx: Tx, consumer: string, id: string): Promise<DeadLetterDetails | undefined> {
  const [row] = await tx.query<Row>(
    `select ${columns('body')} from dead_letters as letter where consumer = $1 and id = $2`,
    [consumer, id],
  );
  if (row === undefined) return undefined;
  const actions = await tx.query<DeadLetterAction>(
    `select action, done, acted_by as by, reason, outcome, released, acted_at as at
     from dead_letter_actions where dead_letter_id = $1 order by id`,
    [id],
  );
  return { ...summaryOf(row), sentAt: row.sent_at, headers: row.headers, body: readable(row.body), actions };
}

const summaryOf = (row: Row): DeadLetterSummary => ({
  id: row.id,
  consumer: row.consumer,
  topic: row.topic,
  partition: row.partition,
  offset: row.message_offset,
  key: readable(row.key),
  eventType: textOf(row.headers['ce_type']),
  eventId: textOf(row.headers['ce_id']),
  reason: row.reason,
  attempts: row.attempts,
  diedAt: row.died_at,
  state: row.state,
  waiting: row.waiting,
});

const textOf = (header: unknown): string | undefined => (typeof header === 'string' ? header : undefined);

const readable = (bytes: Buffer | null): string | undefined =>
  bytes === null ? undefined : (utf8(bytes) ?? `base64:${bytes.toString('base64')}`);
