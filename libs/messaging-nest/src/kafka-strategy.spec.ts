import { orders, payments, type PaymentEvent } from '@kasir/contracts';
import { createMessaging, type EventContext, type Messaging, Unprocessable } from '@kasir/messaging';
import { Controller, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type DataSource } from 'typeorm';
import { connectKafka } from './connect-kafka.js';
import { KafkaStrategy } from './kafka-strategy.js';
import { freshDatabase, freshTopics, onServer, quietLog, testBrokers, until } from './lab.specs.js';
import { typeormDatabase } from './typeorm-database.js';

const at = new Date('2026-11-22T08:00:00.000Z');
const succeeded = (orderId: string) => ({
  type: 'PaymentSucceeded' as const,
  data: {
    orderId,
    paymentSessionId: 'ps_1',
    paymentId: '20230803',
    order: {
      amount: { value: '160', currency: 'THB' },
      description: 'Two bags of coffee',
      expiresAt: '2026-01-02T00:00:00Z',
    },
    amount: { value: '160', currency: 'THB' },
    paidAt: '2026-11-22T08:00:00Z',
  },
  identity: orderId,
  at,
});

/** What the handler throws at its first try, by order. */
const trouble = new Map<string, unknown>();
const tries: string[] = [];
const committed: string[] = [];

@Controller()
class PaymentsConsumer {
  @EventPattern<string>(payments.name)
  async onPayment(@Payload() event: PaymentEvent, @Ctx() { tx, afterCommit }: EventContext): Promise<void> {
    const { orderId } = event.data;
    afterCommit(() => committed.push(orderId));
    tries.push(orderId);
    await tx.query('insert into paid values ($1)', [orderId]);
    const error = trouble.get(orderId);
    if (!(error instanceof Unprocessable)) trouble.delete(orderId);
    if (error !== undefined) throw error;
  }
}

@Module({ controllers: [PaymentsConsumer] })
class OrderModule {}

describe('a Nest service that hears a topic', () => {
  let shop: Awaited<ReturnType<typeof freshDatabase>>;
  let bank: Awaited<ReturnType<typeof freshDatabase>>;
  let prefix: string;
  let ear: Messaging;
  let order: Messaging;
  let app: INestApplication;
  let strategy: KafkaStrategy;

  beforeAll(async () => {
    [shop, bank, prefix] = await Promise.all([
      freshDatabase('create table paid (order_id text primary key)'),
      freshDatabase(''),
      freshTopics([payments, orders]),
    ]);
    ear = messagingOf('notification', bank.dataSource);
    order = messagingOf('order', shop.dataSource);
    strategy = new KafkaStrategy({ messaging: order });
    app = await NestFactory.create(OrderModule, new FastifyAdapter(), { logger: false });
    connectKafka(app, strategy);
    await app.startAllMicroservices();
    ear.relay.start();
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([ear.stop(), order.stop()]);
    await Promise.all([shop.drop(), bank.drop()]);
  });

  const messagingOf = (service: 'notification' | 'order' | 'gateway', dataSource: DataSource): Messaging =>
    createMessaging({
      service,
      database: typeormDatabase(dataSource),
      brokers: { brokers: testBrokers() },
      topicPrefix: prefix,
      log: quietLog,
      onFatal: (error) => {
        throw error;
      },
    });
  const say = (orderId: string) => ear.transaction((tx) => ear.outbox.say(tx, payments, succeeded(orderId)));
  const paid = (orderId: string) => shop.dataSource.query('select * from paid where order_id = $1', [orderId]);
  const letters = () => shop.dataSource.query('select reason, attempts from dead_letters');

  it('is ready once its group has given it partitions', () => {
    expect(strategy.health()).toEqual({ ok: true });
  });

  it('gets the event and the transaction that holds its receipt', async () => {
    await say('order-1');
    await until(
      'order-1 is paid',
      () => paid('order-1'),
      (rows) => rows.length === 1,
    );
    expect(await shop.dataSource.query('select consumer from inbox')).toEqual([{ consumer: 'order' }]);
  });

  it('is asked again after a transient error, and the failed try left nothing behind', async () => {
    trouble.set('order-2', Object.assign(new Error('deadlock detected'), { code: '40P01' }));
    await say('order-2');
    await until(
      'order-2 is paid',
      () => paid('order-2'),
      (rows) => rows.length === 1,
    );
    expect(tries.filter((id) => id === 'order-2')).toHaveLength(2);
    const follows = () => committed.filter((id) => id === 'order-2').length;
    expect(await until('what follows the commit', follows, (count) => count > 0)).toBe(1);
    expect(await letters()).toEqual([]);
  });

  it('sends a message it refuses to dead letters, with the words of its own error', async () => {
    trouble.set('order-3', new Unprocessable('this order never was'));
    await say('order-3');
    expect(await until('a dead letter is kept', letters, (rows) => rows.length === 1)).toEqual([
      { reason: 'Unprocessable: this order never was', attempts: 1 },
    ]);
  });

  it('goes on after the database has cut every connection', async () => {
    const { database } = shop.dataSource.options as { database?: string; url?: string };
    const name = database ?? new URL((shop.dataSource.options as { url: string }).url).pathname.slice(1);
    await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await say('order-4');
    await until(
      'order-4 is paid',
      () => paid('order-4').catch(() => []),
      (rows) => rows.length === 1,
    );
  });

  it('says what is missing when Nest hides the errors of its handlers, and loses nothing', async () => {
    const gateway = messagingOf('gateway', bank.dataSource);
    const hiding = await NestFactory.createMicroservice(OrderModule, {
      strategy: new KafkaStrategy({ messaging: gateway }),
      logger: false,
    });
    await hiding.listen();
    const lettersOfGateway = () => bank.dataSource.query(`select distinct reason from dead_letters`);
    // The gateway's database has no table for what the handler wants to write.
    const reasons = await until('a letter is kept', lettersOfGateway, (rows) => rows.length > 0);
    expect(reasons).toEqual([{ reason: expect.stringContaining('connect with connectKafka') as string }]);
    await hiding.close();
    await gateway.stop();
  });

  it('does not start when it is no reader of the topic', async () => {
    const stranger = messagingOf('notification', bank.dataSource);
    const wrong = await NestFactory.createMicroservice(OrderModule, {
      strategy: new KafkaStrategy({ messaging: stranger }),
      logger: false,
    });
    await expect(wrong.listen()).rejects.toThrow('notification is no reader of payments.v1');
    await wrong.close();
  });

  it('does not start when no contract describes the topic', async () => {
    const wrong = await NestFactory.createMicroservice(OrderModule, {
      strategy: new KafkaStrategy({ messaging: order, topics: [orders] }),
      logger: false,
    });
    await expect(wrong.listen()).rejects.toThrow('no contract describes the topic payments.v1');
    await wrong.close();
  });
});
