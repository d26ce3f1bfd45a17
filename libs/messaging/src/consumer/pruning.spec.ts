import { payments, sessionRequests } from '@kasir/contracts';
import { freshDatabase, type LabDatabase, memoryLog } from '../lab.specs.js';
import { claim } from './inbox.js';
import { Pruning } from './pruning.js';

const now = new Date('2026-11-22T08:00:00.000Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe('receipts', () => {
  let database: LabDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => database.query('truncate inbox'));

  const pruning = () =>
    new Pruning({
      consumer: 'payment-session',
      topics: [sessionRequests, payments],
      transaction: database.transaction,
      log: memoryLog(),
      clock: { now: () => now },
    });
  const receive = (consumer: string, topic: string, at: Date, count = 1) => {
    const events = Array.from({ length: count }, () => ({ id: crypto.randomUUID(), subject: 'order-1' }));
    return database.transaction((tx) => claim(tx, { consumer, topic, waits: false }, events, at));
  };
  const kept = () =>
    database.query<{ consumer: string; topic: string; count: number }>(
      'select consumer, topic, count(*)::int as count from inbox group by 1, 2 order by 1, 2',
    );

  it('are forgotten when their topic has long forgotten the messages, however many they are', async () => {
    await receive('payment-session', sessionRequests.name, daysAgo(29), 2_500);
    await receive('payment-session', sessionRequests.name, daysAgo(27), 3);
    const round = pruning();
    await round.round();
    expect(await kept()).toEqual([{ consumer: 'payment-session', topic: sessionRequests.name, count: 3 }]);
    expect(round.pruned).toBe(2_500);
  });

  it('are kept for ever when their topic is', async () => {
    await receive('payment-session', payments.name, daysAgo(10_000));
    await pruning().round();
    expect(await kept()).toHaveLength(1);
  });

  it('of another consumer are its own business', async () => {
    await receive('order', sessionRequests.name, daysAgo(100));
    await pruning().round();
    expect(await kept()).toHaveLength(1);
  });

  it('are looked at as soon as the consumer runs, and no more when it has stopped', async () => {
    await receive('payment-session', sessionRequests.name, daysAgo(100), 2);
    const background = pruning();
    background.start();
    while (background.pruned < 2) await new Promise(setImmediate);
    await background.stop();
    expect(await kept()).toEqual([]);
  });
});
