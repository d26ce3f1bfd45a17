import { type IncomingRecord } from '../../broker.js';
import { columnsOf, indexedBytes, type KeptRecord } from '../../consumer/records.js';
import { type Tx } from '../../database.js';

/** What of a key is in the index. */
const headOf = (key: string): string => `substring(${key} for ${indexedBytes})`;

/** Where a replay lays out what it read, so that it can take the story of one key after the other. */
export const createShelf = `
  create unlogged table replay_shelf (
    topic text not null,
    partition integer not null,
    message_offset bigint not null,
    sent_at timestamptz not null,
    key bytea,
    headers jsonb not null,
    body bytea,
    primary key (topic, partition, message_offset)
  );
  create index replay_shelf_by_key on replay_shelf (${headOf('key')})`;

export const dropShelf = 'drop table replay_shelf';

/** A record that is there already is passed over. */
export async function shelve(tx: Tx, records: readonly IncomingRecord[]): Promise<void> {
  const rows = records.map(columnsOf);
  await tx.query(
    `insert into replay_shelf (topic, partition, message_offset, sent_at, key, headers, body)
     select * from unnest($1::text[], $2::integer[], $3::bigint[], $4::timestamptz[], $5::bytea[], $6::jsonb[], $7::bytea[])
     on conflict do nothing`,
    Array.from({ length: 7 }, (_, column) => rows.map((row) => row[column])),
  );
}

const page = 500;

/** Every key, in an order that never changes; last the messages that have none. */
export async function* keysOn(tx: Tx): AsyncGenerator<Buffer | null> {
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const rows = await tx.query<{ key: Buffer }>(
      `select distinct ${headOf('key')} as head, key from replay_shelf
       where ${headOf('key')} >= ${headOf('$1::bytea')} and key > $1 order by head, key limit $2`,
      [after, page],
    );
    for (const { key } of rows) yield key;
    if (rows.length < page) break;
    after = rows.at(-1)!.key;
  }
  yield* await withoutWords(tx);
}

/** The empty key, and none at all. */
const withoutWords = async (tx: Tx): Promise<(Buffer | null)[]> =>
  (
    await tx.query<{ key: Buffer | null }>(
      `select distinct key from replay_shelf where key is null or key = ''::bytea order by key nulls last`,
    )
  ).map(({ key }) => key);

/** Everything of one key, each topic in its order. A key that moved when a topic grew has one partition after the other. */
export const recordsOf = (tx: Tx, key: Buffer | null): Promise<KeptRecord[]> =>
  tx.query<KeptRecord>(
    `select topic, partition, message_offset, sent_at, key, headers, body from (
       select *, min(sent_at) over (partition by topic, partition) as since
       from replay_shelf where ${key === null ? 'key is null' : `${headOf('key')} = ${headOf('$1::bytea')} and key = $1`}
     ) as shelved
     order by topic, since, partition, message_offset`,
    key === null ? [] : [key],
  );
