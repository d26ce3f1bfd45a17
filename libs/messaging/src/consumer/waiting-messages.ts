import { type IncomingRecord } from '../broker.js';
import { type Tx } from '../database.js';
import { columnsOf, type KeptRecord } from './records.js';

/** Puts a message behind the dead letter of its key. A message that is itself a dead letter, or waits already, is passed over. */
export const keepWaiting = (tx: Tx, consumer: string, record: IncomingRecord, at: Date): Promise<unknown> =>
  tx.query(
    `insert into waiting_messages
       (consumer, topic, partition, message_offset, sent_at, key, headers, body, arrived_at)
     select $1, $2, $3::integer, $4::bigint, $5::timestamptz, $6, $7::jsonb, $8, $9
     where not exists (
       select from dead_letters
       where consumer = $1 and topic = $2 and partition = $3 and message_offset = $4 and sent_at = $5
     )
     on conflict (consumer, topic, partition, message_offset, sent_at) do nothing`,
    [consumer, ...columnsOf(record), at],
  );

export interface WaitingMessage extends KeptRecord {
  readonly id: string;
}

/** The message of a key that has been waiting longest. */
export async function firstWaiting(
  tx: Tx,
  consumer: string,
  { topic, key }: Pick<KeptRecord, 'topic' | 'key'>,
): Promise<WaitingMessage | undefined> {
  const [first] = await tx.query<WaitingMessage>(
    `select id, topic, partition, message_offset, sent_at, key, headers, body from waiting_messages
     where consumer = $1 and topic = $2 and key = $3 order by id limit 1`,
    [consumer, topic, key],
  );
  return first;
}

export const endWaiting = (tx: Tx, id: string): Promise<unknown> =>
  tx.query(`delete from waiting_messages where id = $1`, [id]);
