import { connect, createServer } from 'node:net';
import { type OrderEvent, orders, payments, type PaymentEvent } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import { freePort } from '@kasir/local-stack';
import { type Messaging, messagingTables } from '@kasir/messaging';
import { createLogger, type Environment, loadConfig } from '@kasir/platform';
import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import kafkajs from 'kafkajs';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { brokerAddress, kafkaSettings } from './kafka-settings.js';
import { requireBroker } from './require-broker.js';
import { commonSettings } from './settings.js';
import { dataSourceOf } from './data-source.js';
import { type Door, freshDatabase, openDoor, query, users } from './lab.specs.js';
import { type ServiceDefinition } from './service-definition.js';
import { type RunningService, startService } from './start-service.js';

class Tables1790000000001 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<void> => runner.query(messagingTables) as Promise<void>;
  down = (): Promise<void> => Promise.resolve();
}

const heard: PaymentEvent[] = [];
@Controller()
class PaymentsConsumer {
  @EventPattern<string>(payments.name)
  onPayment(@Payload() event: PaymentEvent): void {
    heard.push(event);
  }
}
@Controller()
class OwnNewsConsumer {
  @EventPattern<string>(orders.name)
  onOrder(@Payload() event: OrderEvent): void {
    throw new Error(`nobody hears ${event.type}`);
  }
}
@Module({ controllers: [PaymentsConsumer] })
class OrderModule {}
@Module({ controllers: [OwnNewsConsumer] })
class EchoModule {}

let door: Door;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let secure: Environment;
const migrations = [Tables1790000000001];
const order: ServiceDefinition = { name: 'order', migrations, wire: () => ({ module: { module: OrderModule } }) };

beforeAll(async () => {
  [door, database] = await Promise.all([openDoor(), freshDatabase()]);
  const dataSource = await dataSourceOf(database.url, migrations, 'test').initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  secure = {
    KAFKA_BROKERS: door.kafka.secureBrokers.join(),
    KAFKA_SSL: 'true',
    KAFKA_SSL_CA: door.kafka.authority,
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: 'order',
    KAFKA_SASL_PASSWORD: users.order,
  };
  await door.allow('order', 'WRITE', 'TOPIC', 'orders.v1');
  for (const user of ['order', 'reader'] as const) {
    await door.allow(user, 'READ', 'TOPIC', 'payments.v1');
    await door.allow(user, 'READ', 'TOPIC', 'payment-sessions.v1');
    await door.allow(user, 'READ', 'GROUP', 'order');
  }
});
afterAll(async () => {
  await door.close();
  await database.drop();
});

function start(env: Environment, definition = order, lines: string[] = []): Promise<RunningService> {
  const config = loadConfig('order', commonSettings, {
    ADMIN_PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    ...env,
  });
  const logger = createLogger('order', { level: 'info', destination: { write: (line) => lines.push(line) } });
  const fail = (reason: unknown) => {
    throw new Error('the service gave up', { cause: reason });
  };
  return startService(definition, { config, clock: systemClock, logger, fail });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a service at a broker that demands TLS, a login and permissions', () => {
  let service: RunningService;
  let messaging: Messaging;
  const lines: string[] = [];
  beforeAll(async () => {
    const definition: ServiceDefinition = {
      ...order,
      wire: (parts) => {
        messaging = parts.messaging;
        return order.wire(parts);
      },
    };
    service = await start(secure, definition, lines);
  });
  afterAll(() => service.stop());

  const say = (evidence: string) =>
    messaging.transaction((tx) =>
      messaging.outbox.say(tx, orders, {
        type: 'OrderNeedsAttention',
        data: {
          ...{ orderId: 'order-1', caseId: 'duplicate-payment/ps_1/pay-1', kind: 'duplicate-payment' },
          ...{ paymentSessionId: 'ps_1', paymentId: 'pay-1', evidence: { evidence } },
          ...{ dueAt: '2026-01-02T00:00:00Z', openCases: 1 },
        },
        identity: evidence.slice(0, 9),
        at: new Date(),
      }),
    );

  it('says and hears with the permissions that its contracts name and no more', async () => {
    await say('two');
    await until(async () => (await messaging.stats()).outbox.depth === 0);
    await sayPaymentPending(door);
    await until(() => heard.some(({ type }) => type === 'PaymentPending'));
    expect(await query(database.url, 'select * from outbox_dead')).toEqual([]);
  });

  it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])('is let in by %s', async (KAFKA_SASL_MECHANISM) => {
    const config = loadConfig('order', kafkaSettings, { ...secure, KAFKA_SASL_MECHANISM });
    const silent = createLogger('order', { level: 'silent' });
    await expect(requireBroker('order', brokerAddress('order', config), '', silent)).resolves.toBeUndefined();
  });

  it('tells in one line, within 10 s, which event is too large for the broker, and keeps it', async () => {
    const began = performance.now();
    await say('x'.repeat(1_200_000));
    const complaint = () => lines.filter((line) => line.includes('MESSAGE_TOO_LARGE'));
    await until(() => complaint().length > 0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(complaint()).toHaveLength(1);
    expect(JSON.parse(complaint()[0]!)).toMatchObject({ level: 'error', topic: 'orders.v1', key: 'order-1' });
    expect(await query(database.url, 'select topic, key from outbox_dead')).toEqual([
      { topic: 'orders.v1', key: 'order-1' },
    ]);
  });
});

/** As notification would, from the door that asks nobody. */
async function sayPaymentPending({ kafka }: Door): Promise<void> {
  const producer = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).producer();
  await producer.connect();
  const attempt = { orderId: 'order-1', paymentSessionId: 'ps_1', paymentId: 'pay-1' };
  const headers = {
    ce_specversion: '1.0',
    ce_id: '6f1c2a0e-8f4b-5c3d-9e7a-1b2c3d4e5f60',
    ce_type: 'PaymentPending',
    ce_source: 'notification',
    ce_subject: 'order-1',
    ce_time: '2026-11-22T08:00:00Z',
    ce_dataschema: 'urn:kasir:payments.v1:PaymentPending',
    ce_sequence: '1',
  };
  const value = JSON.stringify({ ...attempt, amount: { value: '160', currency: 'THB' }, cause: 'bank' });
  await producer.send({ topic: payments.name, messages: [{ key: 'order-1', headers, value }] });
  await producer.disconnect();
}

describe('a service whose broker is not there yet', () => {
  it('says so, waits, and starts when it comes', async () => {
    const port = await freePort();
    const lines: string[] = [];
    const starting = start({ KAFKA_BROKERS: `127.0.0.1:${port}` }, order, lines);
    await until(() => lines.some((line) => line.includes('does not answer (ECONNREFUSED); waiting for it')));
    const [host, target] = door.kafka.brokers[0]!.split(':') as [string, string];
    const relay = createServer((socket) => {
      const upstream = connect(Number(target), host);
      for (const end of [socket, upstream]) end.on('error', () => end.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    relay.listen(port, '127.0.0.1');
    const service = await starting;
    await service.stop();
    relay.close();
    expect(lines.join()).not.toContain('"fatal"');
  });
});

interface Refusal {
  readonly message: string;
  readonly afterMs: number;
}

describe('a service that cannot work as it is set up', () => {
  let refusals: Readonly<Record<string, Refusal>>;
  let empty: Awaited<ReturnType<typeof freshDatabase>>;

  beforeAll(async () => {
    empty = await freshDatabase();
    const plain = door.kafka.brokers.join();
    const { KAFKA_SSL_CA: _, ...withoutAuthority } = secure;
    const { KAFKA_BROKERS } = secure;
    const echo: ServiceDefinition = { ...order, wire: () => ({ module: { module: EchoModule } }) };
    const attempts: Record<string, Promise<RunningService>> = {
      'no login': start({ ...secure, KAFKA_SASL_MECHANISM: '', KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '' }),
      'no TLS and no login': start({ KAFKA_BROKERS }),
      'a login without TLS': start({ ...withoutAuthority, KAFKA_SSL: 'false' }),
      'TLS where there is none': start({ ...secure, KAFKA_BROKERS: plain }),
      'a login where none is wanted': start({ ...withoutAuthority, KAFKA_SSL: 'false', KAFKA_BROKERS: plain }),
      'an unknown authority': start(withoutAuthority),
      'a wrong password': start({ ...secure, KAFKA_SASL_PASSWORD: 'guessed' }),
      'a missing topic': start({ KAFKA_BROKERS: plain, TOPIC_PREFIX: 'typo.' }),
      'no permission': start({ ...secure, KAFKA_SASL_USERNAME: 'stranger', KAFKA_SASL_PASSWORD: users.stranger }),
      'no permission to write': start({ ...secure, KAFKA_SASL_USERNAME: 'reader', KAFKA_SASL_PASSWORD: users.reader }),
      'an old database': start({ ...secure, DATABASE_URL: empty.url }),
      'a contract that names others': start({ KAFKA_BROKERS: plain }, echo),
    };
    const began = performance.now();
    const found = Object.entries(attempts).map(async ([name, attempt]) => {
      const message = await attempt.then(
        () => 'it started',
        (error: Error) => error.message,
      );
      return [name, { message, afterMs: performance.now() - began }] as const;
    });
    refusals = Object.fromEntries(await Promise.all(found));
  });
  afterAll(() => empty.drop());

  it.each([
    [
      'no login',
      /^order cannot start: Kafka at 127\S+ hangs up on whoever is not logged in: set KAFKA_SASL_MECHANISM, /,
    ],
    ['no TLS and no login', /^order cannot start: Kafka at 127\S+ hangs up at the first word: .* set KAFKA_SSL=true/],
    ['a login without TLS', /^order cannot start: Kafka at 127\S+ hangs up at the first word: .* set KAFKA_SSL=true/],
    [
      'TLS where there is none',
      /^order cannot start: Kafka at 127\S+ does not speak TLS at this port: set KAFKA_SSL=f/,
    ],
    ['a login where none is wanted', /^order cannot start: Kafka at 127\S+ wants no login at this port: unset KAFKA_S/],
    [
      'an unknown authority',
      /^order cannot start: Kafka at 127\S+ shows a certificate .* not trusted.*KAFKA_SSL_CA_FI/,
    ],
    ['a wrong password', /^order cannot start: Kafka at 127\S+ does not let the user order in: set .*SCRAM-SHA-512$/],
    ['a missing topic', /^order cannot start: Kafka at \S+ has no topic typo.orders.v1, .*npm run topics -- apply/],
    [
      'no permission',
      /^order cannot start: Kafka at \S+ does not allow the user stranger Write on the topic orders.v1, R/,
    ],
    ['no permission to write', /the user reader Write on the topic orders.v1: add an ACL for each$/],
    ['an old database', /^order cannot start: its database is older .*: run its migrations first, with node apps/],
    ['a contract that names others', /^order is no reader of orders.v1/],
  ])('says in one line what is wrong and what to do, within 10 s: %s', (name, expected) => {
    const { message, afterMs } = refusals[name]!;
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/\n|guessed|secret/);
    expect(afterMs).toBeLessThan(10_000);
  });

  it('has written nothing and joined no group while it asked what it may', async () => {
    const ends = await door.admin.fetchTopicOffsets('orders.v1');
    expect(ends.reduce((sum, { high }) => sum + Number(high), 0)).toBe(1);
    const { groups } = await door.admin.listGroups();
    expect(groups.map(({ groupId }) => groupId)).toEqual(['order']);
  });
});
