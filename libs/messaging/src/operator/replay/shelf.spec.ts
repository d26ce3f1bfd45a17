import { randomBytes } from 'node:crypto';
import { type IncomingRecord } from '../../broker.js';
import { freshDatabase, type LabDatabase } from '../../lab.specs.js';
import { createShelf, keysOn, recordsOf, shelve } from './shelf.js';

const record = (place: Partial<IncomingRecord> & { key: Buffer | null }): IncomingRecord => ({
  topic: 'payments.v1',
  partition: 0,
  offset: '0',
  timestamp: '1767225600000',
  headers: { ce_id: Buffer.from('one'), odd: Buffer.from([0xff, 0x00]) },
  value: Buffer.from('{}'),
  ...place,
});
const key = Buffer.from('O-1');

describe('what a replay lays out', () => {
  let database: LabDatabase;
  beforeAll(async () => {
    database = await freshDatabase(createShelf);
  });
  afterAll(() => database.drop());

  it('has the messages of a key that moved when its topic grew in the order of the partitions it was in', async () => {
    await database.transaction((tx) =>
      shelve(tx, [
        record({ key, partition: 7, offset: '0', timestamp: '1767225700000' }),
        record({ key, partition: 7, offset: '1', timestamp: '1767225600001' }),
        record({ key, partition: 2, offset: '41', timestamp: '1767225600000' }),
        record({ key, partition: 2, offset: '9', timestamp: '1767225600000' }),
      ]),
    );
    const records = await database.transaction((tx) => recordsOf(tx, key));
    expect(records.map(({ partition, message_offset }) => `${partition}/${message_offset}`)).toEqual([
      '2/9',
      '2/41',
      '7/0',
      '7/1',
    ]);
  });

  it('has every key once, also one that is no text, and messages without a key, and a repeat of a record once', async () => {
    const odd = Buffer.from([0xff, 0x00]);
    const more = [record({ key: odd, offset: '1' }), record({ key: null, offset: '2', value: null })];
    for (let n = 0; n < 2; n++) await database.transaction((tx) => shelve(tx, more));
    const found: (Buffer | null)[] = [];
    for await (const each of keysOn({ query: (sql, params) => database.transaction((tx) => tx.query(sql, params)) }))
      found.push(each);
    expect(found).toEqual([key, odd, null]);
    const [kept, ...rest] = await database.transaction((tx) => recordsOf(tx, null));
    expect(rest).toEqual([]);
    expect(kept).toMatchObject({ body: null, headers: { ce_id: 'one', odd: { base64: '/wA=' } } });
  });

  it('has a message under a key that no index takes', async () => {
    const long = randomBytes(5_000);
    await database.transaction((tx) => shelve(tx, [record({ key: long, offset: '3' })]));
    const found: (Buffer | null)[] = [];
    for await (const each of keysOn({ query: (sql, params) => database.transaction((tx) => tx.query(sql, params)) }))
      found.push(each);
    expect(found).toContainEqual(long);
    expect(await database.transaction((tx) => recordsOf(tx, long))).toMatchObject([{ key: long, message_offset: '3' }]);
  });

  it('finds the messages of a key without looking at all others', async () => {
    const others = Array.from({ length: 2_000 }, (_, n) =>
      record({ key: Buffer.from(`other-${n}`), partition: 9, offset: String(n) }),
    );
    await database.transaction((tx) => shelve(tx, others));
    await database.query('analyze replay_shelf');
    const plans: string[] = [];
    await database.transaction((tx) =>
      recordsOf(
        {
          async query(sql, params) {
            const rows = await tx.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
            plans.push(...rows.map((row) => row['QUERY PLAN']));
            return [];
          },
        },
        key,
      ),
    );
    expect(plans.join('\n')).toContain('replay_shelf_by_key');
  });
});
