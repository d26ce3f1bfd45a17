import { type IncomingRecord } from '../broker.js';
import { type Tx } from '../database.js';
import { columnsOf, indexedBytes, withoutNul } from './records.js';
import { keepWaiting } from './waiting-messages.js';

export interface DeadLetter {
  readonly consumer: string;
  readonly record: IncomingRecord;
  readonly reason: string;
  readonly attempts: number;
  readonly at: Date;
  /** Later messages of its key wait for it. Nobody waits for a message without a key, or with one that is nobody's. */
  readonly holds: boolean;
}

const canHold = (key: Buffer | null): boolean => key !== null && key.length <= indexedBytes;

/** Keeps a message that cannot be applied, byte for byte and with its reason. The same message is kept once. */
export async function keepDeadLetter(tx: Tx, letter: DeadLetter): Promise<string | undefined> {
  const { consumer, record, reason, attempts, at, holds } = letter;
  const [kept] = await tx.query<{ id: string }>(
    `insert into dead_letters
       (consumer, topic, partition, message_offset, sent_at, key, headers, body, reason, attempts, died_at, holds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (consumer, topic, partition, message_offset, sent_at) do nothing
     returning id`,
    [consumer, ...columnsOf(record), withoutNul(reason), attempts, at, holds && canHold(record.key)],
  );
  return kept?.id;
}

/** As `keepDeadLetter`; where an earlier dead letter holds the key, this message waits like every other. */
export async function keepInTurn(tx: Tx, letter: DeadLetter): Promise<'dead' | 'waiting'> {
  const { consumer, record, at, holds } = letter;
  if (holds && canHold(record.key) && (await isHeld(tx, consumer, record))) {
    await keepWaiting(tx, consumer, record, at);
    return 'waiting';
  }
  await keepDeadLetter(tx, letter);
  return 'dead';
}

/** Whether a dead letter holds a key. It still does when the transaction ends, because nobody can decide upon it meanwhile. */
export async function isHeld(
  tx: Tx,
  consumer: string,
  { topic, key }: Pick<IncomingRecord, 'topic' | 'key'>,
): Promise<boolean> {
  // Another dead letter may have taken the place of one that was decided upon while we waited: then we look again.
  for (;;) {
    const letters = await tx.query<{ holds: boolean }>(
      `with holders as materialized (
         select id from dead_letters where holds and consumer = $1 and topic = $2 and key = $3
       )
       select letter.holds from holders join dead_letters as letter using (id) for share of letter`,
      [consumer, topic, key],
    );
    if (letters.some(({ holds }) => holds)) return true;
    if (letters.length === 0) return false;
  }
}
