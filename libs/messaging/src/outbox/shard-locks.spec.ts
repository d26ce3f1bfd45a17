import { type DatabaseSession } from '../database.js';
import { freshDatabase, type LabDatabase } from '../lab.specs.js';
import { look } from './rows.js';
import { ShardLocks } from './shard-locks.js';

describe('the shards of a service', () => {
  let database: LabDatabase;
  const sessions: DatabaseSession[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterEach(() => Promise.all(sessions.splice(0).map((session) => session.release())));
  afterAll(() => database.drop());

  const join = async (service = 'order') => {
    const session = await database.session();
    sessions.push(session);
    const locks = await ShardLocks.of(session, service);
    const balance = async () => {
      const { held } = await look(session, { shards: [], limit: 1, acknowledged: [], lockName: locks.name });
      return locks.balance(held!);
    };
    return { session, locks, balance };
  };

  it('are never owned by two at once', async () => {
    const first = await join();
    await first.balance();
    const second = await join();
    for (const { balance } of [second, first, second]) {
      await balance();
      const owned = [...first.locks.owned, ...second.locks.owned];
      expect(new Set(owned).size).toBe(owned.length);
    }
    expect([first.locks.owned.length, second.locks.owned.length]).toEqual([8, 8]);
  });

  it('are all of one that is alone, and free as soon as its session has ended', async () => {
    const first = await join();
    await first.balance();
    expect([first.locks.owned.length, first.locks.alone]).toEqual([16, true]);
    const second = await join();
    expect(await second.balance()).toBe(false);
    await first.session.release();
    expect(await second.balance()).toBe(true);
    expect(second.locks.owned).toHaveLength(16);
  });

  it('are nothing to another service in the same database', async () => {
    const [order, notification] = [await join(), await join('notification')];
    await order.balance();
    await notification.balance();
    expect([order.locks.owned.length, notification.locks.owned.length]).toEqual([16, 16]);
  });
});
