import { dataSourceOf } from '@kasir/service';
import { eventually, paymentNotification } from '@kasir/testing';
import { EarBesideAntom } from './fixtures/ear.specs.js';

type Work = () => Promise<unknown>;

const newRow = `insert into payments (payment_request_id, status) values ($1, 'expected')`;
const knownRow = 'select 1 from payments where payment_request_id = $1 for update';

describe('a webhook and the event of its session in the same moment', () => {
  let ear: EarBesideAntom;
  let database: ReturnType<typeof dataSourceOf>;
  beforeAll(async () => {
    ear = await EarBesideAntom.start();
    database = dataSourceOf(ear.world.databaseUrl, [], 'test');
    await database.initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await ear.stop();
  });

  const deliver = (id: string) => async () =>
    expect(await ear.deliver(ear.sign(paymentNotification(id, `pay-${id}`)))).toBe(200);

  it('are applied once where neither found the payment', async () => {
    await beforeEither(newRow, 'ps_1', [deliver('ps_1'), () => ear.announce('O-1', 'ps_1')]);
    await paidOnce('O-1', 'ps_1');
  });

  it('are applied once where the payment is known by name and the webhook comes first', async () => {
    await known('O-2', 'ps_2');
    await beforeEither(knownRow, 'ps_2', [deliver('ps_2'), () => ear.announce('O-2', 'ps_2')]);
    await paidOnce('O-2', 'ps_2');
  });

  it('are applied once where the payment is known by name and the session comes first', async () => {
    await known('O-3', 'ps_3');
    await beforeEither(knownRow, 'ps_3', [() => ear.announce('O-3', 'ps_3'), deliver('ps_3')]);
    await paidOnce('O-3', 'ps_3');
  });

  it('are applied once where Antom refused to open the session', async () => {
    await beforeEither(newRow, 'ps_4', [deliver('ps_4'), () => ear.reject('O-4', 'ps_4', 'provider')]);
    await paidOnce('O-4', 'ps_4');
  });

  /** A transaction of the test holds the row until all of them have read and wait for it, in their order. */
  async function beforeEither(hold: string, id: string, works: readonly Work[]): Promise<void> {
    const holder = database.createQueryRunner();
    await holder.startTransaction();
    await holder.query(hold, [id]);
    const started: Promise<unknown>[] = [];
    for (const work of works) {
      started.push(work());
      await eventually(async () => expect(await waiting()).toHaveLength(started.length));
    }
    await holder.rollbackTransaction();
    await holder.release();
    await Promise.all(started);
  }

  const waiting = () =>
    ear.world.rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);

  /** A buyer who is back is told of before the session: the payment has a row, and nothing is known of it. */
  async function known(orderId: string, id: string): Promise<void> {
    await ear.buyerReturns(orderId, id);
    await eventually(async () => expect(await ear.statusOf(id)).toBe('expected'));
  }

  async function paidOnce(orderId: string, id: string): Promise<void> {
    await ear.settled();
    expect(ear.said(orderId)).toEqual(['PaymentSucceeded']);
    expect(await ear.statusOf(id)).toBe('succeeded');
    expect(await ear.plans(id)).toEqual([]);
    expect(await ear.verb('waiting-news')).toMatchObject({ waiting: [] });
  }
});
