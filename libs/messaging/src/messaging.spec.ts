import { orders, payments, type TopicContract } from '@kasir/contracts';
import { type Clock, systemClock } from '@kasir/kernel';
import { jest } from '@jest/globals';
import {
  at,
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  ordersOfPartition,
  paymentSucceeded,
  readTopic,
  testBrokers,
  until,
} from './lab.specs.js';
import { type Tx } from './database.js';
import { createMessaging, type Messaging } from './messaging.js';

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

  const messagingOf = (
    service: 'notification' | 'order',
    database: LabDatabase,
    clock: Clock = systemClock,
    says?: readonly TopicContract[],
  ): Messaging => {
    const messaging = createMessaging({
      service,
      database,
      brokers: { brokers: testBrokers() },
      topicPrefix: prefix,
      ...(says === undefined ? {} : { says }),
      log: memoryLog(),
      clock,
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
        handle: async (event, { tx }) => {
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
    const { outbox } = await until(
      'the relay has noted it',
      () => ear.stats(),
      (stats) => stats.outbox.depth === 0,
    );
    expect(outbox).toEqual({ depth: 0, oldestMs: 0, dead: 0 });
  });

  it('reaches nobody when its transaction fails', async () => {
    const ear = messagingOf('notification', notification);
    const [failing, next] = ordersOfPartition(0, 2) as [string, string];
    const work = ear.transaction(async (tx) => {
      await ear.outbox.say(tx, payments, paymentSucceeded(failing));
      throw new Error('the work failed');
    });
    await expect(work).rejects.toThrow('the work failed');
    await ear.transaction((tx) => ear.outbox.say(tx, payments, paymentSucceeded(next)));
    ear.relay.start();
    await until(
      'the outbox is empty',
      () => notification.query('select 1 from outbox'),
      (rows) => rows.length === 0,
    );
    const keys = (await readTopic(prefix + payments.name)).map(({ key }) => key);
    expect(keys).toContain(next);
    expect(keys).not.toContain(failing);
  });

  it('wakes the relay after the commit of a transaction that published, and after no other', async () => {
    const messaging = messagingOf('notification', notification);
    const wake = jest.spyOn(messaging.relay, 'wake');
    const publish = (tx: Tx) => messaging.outbox.say(tx, payments, paymentSucceeded('order-3'));
    const failing = messaging.transaction(async (tx) => {
      await publish(tx);
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    await messaging.transaction((tx) => tx.query('select 1'));
    expect(wake).not.toHaveBeenCalled();
    await messaging.transaction(async (tx) => {
      await publish(tx);
      expect(wake).not.toHaveBeenCalled();
    });
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('is heard only by those whom the contract names, and by each of them on one subscription', () => {
    const handle = () => Promise.resolve();
    const stranger = messagingOf('notification', notification);
    expect(() => stranger.consumer([{ topic: payments, handle }])).toThrow(
      'notification is no reader of payments.v1: name it in the readers of its contract in libs/contracts, and give it an ACL to read it',
    );
    const shop = messagingOf('order', order);
    const twice = [
      { topic: payments, handle },
      { topic: payments, handle },
    ] as const;
    expect(() => shop.consumer(twice)).toThrow('order subscribes to payments.v1 twice');
  });

  it('keeps a service from starting that handles a type which the topic does not have', () => {
    const shop = messagingOf('order', order);
    const subscription = { topic: payments, handles: ['OrderPaid'], handle: () => Promise.resolve() };
    expect(() => shop.consumer([subscription as never])).toThrow(
      'order handles OrderPaid, which payments.v1 does not have',
    );
  });

  it('keeps a service from starting that is to say what a contract gives to another', () => {
    expect(() => messagingOf('order', order, systemClock, [orders, payments])).toThrow(
      "order is to say payments.v1, which is notification's alone: let notification say it, or make a topic of order's own in libs/contracts",
    );
    expect(() => messagingOf('order', order, systemClock, [orders])).not.toThrow();
  });

  it('keeps a service from starting in production that is told to crash', () => {
    const before = { ...process.env };
    Object.assign(process.env, { KASIR_CRASH_AT: 'before-commit:1', NODE_ENV: 'production' });
    try {
      expect(() => messagingOf('order', order)).toThrow('unset KASIR_CRASH_AT');
    } finally {
      process.env = before;
    }
  });

  it('may be stopped although it never started, and twice', async () => {
    const idle = messagingOf('order', order);
    idle.consumer([{ topic: payments, handle: () => Promise.resolve() }]);
    await idle.stop();
    await idle.stop();
  });

  it('shows what waits in its database and for how long', async () => {
    const quiet = messagingOf('notification', order, { now: () => new Date(at.getTime() + 5_000) });
    await quiet.transaction((tx) => quiet.outbox.say(tx, payments, paymentSucceeded('order-2')));
    expect(await quiet.stats()).toEqual({
      outbox: { depth: 1, oldestMs: 5_000, dead: 0 },
      deadLetters: 0,
      deadLettersOldestMs: 0,
      waitingMessages: 0,
      brokerSilentMs: 0,
      ownedShards: 0,
      consumers: [],
    });
  });
});
