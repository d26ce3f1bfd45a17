import { orders, payments } from '@kasir/contracts';
import { freshDatabase, freshTopics, type LabDatabase, memoryLog, testBrokers, until } from './lab.specs.js';
import { createMessaging, type Messaging } from './messaging.js';

const money = { value: '160', currency: 'THB' };
const at = new Date('2026-11-22T08:00:00.000Z');

const paymentSucceeded = (orderId: string) => ({
  type: 'PaymentSucceeded' as const,
  data: {
    orderId,
    paymentSessionId: 'ps_1',
    paymentRequestId: 'ps_1',
    paymentId: '20230803',
    amount: money,
    paidAt: '2026-11-22T08:00:00Z',
  },
  identity: `ps_1 of ${orderId}`,
  at,
});

describe('news of one service', () => {
  let notification: LabDatabase;
  let order: LabDatabase;
  let prefix: string;
  const running: Messaging[] = [];

  beforeAll(async () => {
    [notification, order, prefix] = await Promise.all([
      freshDatabase(),
      freshDatabase('create table paid (order_id text primary key, times int not null)'),
      freshTopics([payments, orders]),
    ]);
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await Promise.all([notification.drop(), order.drop()]);
  });

  const messagingOf = (service: 'notification' | 'order', database: LabDatabase): Messaging => {
    const messaging = createMessaging({
      service,
      database,
      brokers: { brokers: testBrokers() },
      topicPrefix: prefix,
      log: memoryLog(),
      onFatal: (error) => {
        throw error;
      },
    });
    running.push(messaging);
    return messaging;
  };

  it('reaches another service with its envelope, once', async () => {
    const ear = messagingOf('notification', notification);
    const shop = messagingOf('order', order);
    const heard: object[] = [];
    const consumer = shop.consumer([
      {
        topic: payments,
        handle: async (event, tx) => {
          heard.push(event);
          await tx.query(
            'insert into paid values ($1, 1) on conflict (order_id) do update set times = paid.times + 1',
            [event.data.orderId],
          );
        },
      },
    ]);
    await consumer.start();
    ear.relay.start();
    const id = await ear.transaction((tx) =>
      ear.outbox.say(tx, payments, {
        ...paymentSucceeded('order-1'),
        causedBy: { id: 'webhook-1', traceparent: '00-a-b-01' },
      }),
    );
    await until(
      'the order is paid',
      () => order.query('select * from paid'),
      (rows) => rows.length === 1,
    );
    expect(heard).toEqual([
      {
        id,
        type: 'PaymentSucceeded',
        source: 'notification',
        subject: 'order-1',
        time: '2026-11-22T08:00:00.000Z',
        sequence: 1,
        causationId: 'webhook-1',
        traceparent: '00-a-b-01',
        data: paymentSucceeded('order-1').data,
      },
    ]);
    expect((await ear.stats()).outbox).toEqual({ depth: 0, oldestMs: 0, dead: 0 });
  });
});
