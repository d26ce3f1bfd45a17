import { payments } from '@kasir/contracts';
import { freshDatabase, type LabDatabase, paymentSucceeded } from '../lab.specs.js';
import { createOutbox } from './outbox.js';
import { look } from './rows.js';
import { shardOf } from './shards.js';

describe('a look at the outbox', () => {
  let database: LabDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('deletes what the broker has acknowledged, and reads what waits behind it', async () => {
    const outbox = createOutbox('notification');
    const publish = (identity: string) =>
      database.transaction((tx) => outbox.say(tx, payments, paymentSucceeded('order-1', identity)));
    for (const identity of ['ps_1', 'ps_2']) await publish(identity);
    const lookAgain = (acknowledged: readonly string[]) =>
      database.transaction((tx) => look(tx, { shards: [shardOf('order-1')], limit: 10, acknowledged }));

    const { rows } = await lookAgain([]);
    expect(rows).toHaveLength(2);
    expect((await lookAgain([rows[0]!.position])).rows).toEqual([rows[1]]);
    expect(await database.query('select position from outbox')).toEqual([{ position: rows[1]!.position }]);
  });
});
