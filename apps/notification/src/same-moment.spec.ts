import { dataSourceOf } from '@kasir/service';
import { eventually, paymentNotification } from '@kasir/testing';
import { NotificationBesideAntom } from './fixtures/notification.specs.js';

type Work = () => Promise<unknown>;

const newRow = `insert into payments (payment_request_id, status) values ($1, 'expected')`;
const knownRow = 'select 1 from payments where payment_request_id = $1 for update';

describe('a webhook and the event of its session in the same moment', () => {
  let service: NotificationBesideAntom;
  let database: ReturnType<typeof dataSourceOf>;
  beforeAll(async () => {
    service = await NotificationBesideAntom.start();
    database = dataSourceOf(service.world.databaseUrl, [], 'test');
    await database.initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await service.stop();
  });

  const deliver = (id: string) => async () =>
    expect(await service.deliver(service.sign(paymentNotification(id, `pay-${id}`)))).toBe(200);

  it('are applied once where neither found the payment', async () => {
    await beforeEither(newRow, 'ps_1', [deliver('ps_1'), () => service.announce('O-1', 'ps_1')]);
    await paidOnce('O-1', 'ps_1');
  });

  it('are applied once where the payment is known by name and the webhook comes first', async () => {
    await known('O-2', 'ps_2');
    await beforeEither(knownRow, 'ps_2', [deliver('ps_2'), () => service.announce('O-2', 'ps_2')]);
    await paidOnce('O-2', 'ps_2');
  });

  it('are applied once where the payment is known by name and the session comes first', async () => {
    await known('O-3', 'ps_3');
    await beforeEither(knownRow, 'ps_3', [() => service.announce('O-3', 'ps_3'), deliver('ps_3')]);
    await paidOnce('O-3', 'ps_3');
  });

  it('are applied once where Antom refused to open the session', async () => {
    await beforeEither(newRow, 'ps_4', [deliver('ps_4'), () => service.reject('O-4', 'ps_4', 'provider')]);
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
    service.world.rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);

  /** A buyer who is back is told of before the session: the payment has a row, and nothing is known of it. */
  async function known(orderId: string, id: string): Promise<void> {
    await service.buyerReturns(orderId, id);
    await eventually(async () => expect(await service.statusOf(id)).toBe('expected'));
  }

  async function paidOnce(orderId: string, id: string): Promise<void> {
    await service.settled();
    expect(service.said(orderId)).toEqual(['PaymentSucceeded']);
    expect(await service.statusOf(id)).toBe('succeeded');
    expect(await service.plans(id)).toEqual([]);
    expect(await service.verb('waiting-news')).toMatchObject({ waiting: [] });
  }
});
