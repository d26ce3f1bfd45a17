import { crc32 } from 'node:zlib';
import { orders, payments, sessionRequests } from '@kasir/contracts';
import { runMigrations } from '@kasir/service';
import { eventually, openBus, queryOnce, freshDatabase, testBrokers, testPostgres } from '@kasir/testing';
import kafkajs from 'kafkajs';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { Gate, removeGates } from './messaging-gate.specs.js';
import { onAStreet, paid, satang, type Street } from './messaging-lab.specs.js';
import { openShop } from './messaging-shop.specs.js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs;

/** How long a fact may take to come true before its exhibit is red. */
const soon = 8_000;
const untilSo = (look: () => Promise<void> | void, ms = soon): Promise<void> => eventually(look, ms);

// Standing still is measured in monotonic time, which passes eight times as fast here.
const { performance: real } = globalThis;
const hurried = Object.assign(Object.create(real) as typeof real, { now: () => 8 * real.now() });
Object.defineProperty(globalThis, 'performance', { value: hurried, configurable: true });

/** Every consumer that kafkajs makes here, by its group. */
const made = new Map<string, kafkajs.Consumer>();
const make = Reflect.get(Kafka.prototype, 'consumer') as kafkajs.Kafka['consumer'];
Kafka.prototype.consumer = function (config) {
  const consumer = make.call(this, config);
  made.set(config?.groupId ?? '', consumer);
  return consumer;
};

afterAll(() => {
  removeGates();
  Kafka.prototype.consumer = make;
});

const succeeds = (street: Street, orderId: string, id?: string) =>
  street.bus.say(payments, 'PaymentSucceeded', paid(orderId), id);

/** Two orders of which one relay's shard brings both. */
const neighbours = (() => {
  const shard = (orderId: string) => crc32(orderId) % 16;
  const others = Array.from({ length: 200 }, (_, index) => `neighbour-${index}`);
  return ['held', others.find((order) => shard(order) === shard('held'))!] as const;
})();

/** kafkajs as it is installed: a codec that is missing ends a consumer. */
const withoutZstd = (): void => {
  CompressionCodecs[CompressionTypes.ZSTD] = () => {
    throw Object.assign(new Error('ZSTD compression not implemented'), { name: 'KafkaJSNotImplemented' });
  };
};

/** How often the relay heard that the broker does not take what it brings. */
const refusalsIn = (lines: readonly string[]) => lines.filter((line) => /did not take/.test(line)).length;

const lockTimeout = () => Object.assign(new Error('could not obtain lock'), { code: '55P03' });

// One block, so that the longest of them, which waits for a watchdog, keeps nobody waiting.
describe('G to O. Messages that are lost, doubled, stuck or unseen', () => {
  it.concurrent(
    'G1 nestjs/nest#14664: one bad event blocks the partition for ever',
    onAStreet(async (street) => {
      const shop = await openShop(street, ({ data: { orderId } }) => {
        if (orderId === 'bad') throw new TypeError('Cannot read properties of undefined');
      });
      for (const orderId of ['bad', 'good-1', 'good-2']) await succeeds(street, orderId);
      await untilSo(async () => expect((await shop.ledger()).sort()).toEqual(['good-1', 'good-2']));
      await street.bus.expectDrained('order', [payments]);
      const [letter, ...others] = await shop.messaging.deadLetters.list();
      expect(letter).toMatchObject({ key: 'bad', reason: 'TypeError: Cannot read properties of undefined' });
      expect(others).toEqual([]);
    }),
  );

  it.concurrent(
    'G2 nestjs/docs.nestjs.com#3308: the sample never counts its tries',
    onAStreet(async (street) => {
      const tries = new Map<string, number>();
      const shop = await openShop(street, ({ data: { orderId } }) => {
        tries.set(orderId, (tries.get(orderId) ?? 0) + 1);
        if (orderId === 'bad') throw new Error('never');
      });
      await succeeds(street, 'bad');
      await untilSo(async () =>
        expect(await shop.messaging.deadLetters.list()).toMatchObject([{ key: 'bad', attempts: 5 }]),
      );
      await succeeds(street, 'good');
      await untilSo(async () => expect(await shop.ledger()).toEqual(['good']));
      expect(Object.fromEntries(tries)).toEqual({ bad: 5, good: 1 });
    }),
  );

  it.concurrent(
    'G3 tulios/kafkajs#1441: a consumer dies, and the process lives on without it',
    onAStreet(
      async (street) => {
        await sayCompressed(street, 'unreadable');
        withoutZstd();
        const shop = await openShop(street);
        await untilSo(() => expect(shop.deaths).toHaveLength(1));
        const { status, text } = await shop.ready();
        expect([status, text]).toEqual([503, expect.stringContaining('the consumer is dead')]);
      },
      { heard: false },
    ),
  );

  it.concurrent(
    'G4 confluentinc/confluent-kafka-javascript#476: it stalls after a rebalance while heartbeats go on',
    onAStreet(async (street) => {
      const shop = await street.party('order');
      const consumer = await shop.hear();
      const group = `${street.prefix}order`;
      const stalled = made.get(group)!;
      const guest = await street.party('order', { databaseUrl: shop.databaseUrl });
      await guest.hear();
      await guest.stop();
      await succeeds(street, 'before');
      await untilSo(async () => expect(await shop.ledger()).toEqual(['before']));
      stalled.pause([{ topic: street.prefix + payments.name }]);
      await succeeds(street, 'behind');
      await untilSo(async () => expect(await shop.ledger()).toEqual(['before', 'behind']), 25_000);
      expect(made.get(group)).not.toBe(stalled);
      expect(consumer.stats().restarts).toBe(1);
    }),
  );

  it.concurrent(
    'G5 tulios/kafkajs#659: work that hangs on one partition stops all of them',
    onAStreet(
      async (street) => {
        const shop = await street.party('order');
        let free = (): void => undefined;
        const hanging = new Promise<void>((resolve) => (free = resolve));
        const [slow, quick] = ordersOfTwoPartitions();
        const begun: string[] = [];
        await shop.hear(({ data: { orderId } }) => {
          begun.push(orderId);
          return orderId === slow ? hanging : undefined;
        });
        await succeeds(street, slow);
        await untilSo(() => expect(begun).toContain(slow));
        await succeeds(street, quick);
        await untilSo(async () => expect(await shop.ledger()).toEqual([quick])).finally(free);
        await untilSo(async () => expect((await shop.ledger()).sort()).toEqual([quick, slow].sort()));
      },
      { partitions: 2 },
    ),
  );

  it.concurrent(
    'G6 Convoy: a failed record is logged and read past, and the next commit jumps over it',
    onAStreet(async (street) => {
      const first = await street.party('order');
      let tries = 0;
      await first.hear(({ data: { orderId } }) => {
        if (orderId !== 'failing') return;
        tries += 1;
        throw lockTimeout();
      });
      await succeeds(street, 'failing');
      await succeeds(street, 'next');
      await untilSo(() => expect(tries).toBeGreaterThan(2));
      await first.stop();
      const second = await street.party('order', { databaseUrl: first.databaseUrl });
      await second.hear();
      await untilSo(async () => expect((await second.ledger()).sort()).toEqual(['failing', 'next']));
    }),
  );

  it.concurrent(
    'H1 eugene-khyst/postgresql-event-sourcing#2: a gap in the sequence is passed, and what fills it later is skipped',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const [held, other] = neighbours;
      bank.messaging.relay.start();
      let commit = (): void => undefined;
      const open = new Promise<void>((resolve) => (commit = resolve));
      let numbered = (): void => undefined;
      const hasItsNumber = new Promise<void>((resolve) => (numbered = resolve));
      const slow = bank.messaging.transaction(async (tx) => {
        const id = await bank.messaging.outbox.say(tx, payments, newsOf(held));
        numbered();
        await open;
        return id;
      });
      await hasItsNumber;
      const later = await bank.say(other);
      await untilSo(() => expect(street.saidOf(other)).toEqual([later]));
      expect(street.saidOf(held)).toEqual([]);
      commit();
      const earlier = await slow;
      await untilSo(() => expect(street.saidOf(held)).toEqual([earlier]));
    }),
  );

  it.concurrent(
    'H2 eugene-khyst/postgresql-event-sourcing#16: the order of transactions is taken for that of their commits',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const { messaging } = bank;
      const second = await messaging.transaction(async (tx) => {
        await tx.query('insert into ledger (order_id, satang) values ($1, 0)', ['begun first']);
        await bank.say('H2', { identity: 'committed first' });
        return messaging.outbox.say(tx, payments, newsOf('H2', 'committed second'));
      });
      messaging.relay.start();
      await untilSo(() => expect(street.saidOf('H2')).toHaveLength(2));
      expect(street.saidOf('H2')[1]).toBe(second);
      expect(sequencesOf(street, 'H2')).toEqual(['1', '2']);
    }),
  );

  it.concurrent(
    'H3 many outboxes: they read in the order of created_at, and a clock is put back',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const [first, second] = [
        await bank.say('H3', { identity: 'first', at: new Date('2026-10-25T02:59:59Z') }),
        await bank.say('H3', { identity: 'second', at: new Date('2026-10-25T02:00:00Z') }),
      ];
      bank.messaging.relay.start();
      await untilSo(() => expect(street.saidOf('H3')).toHaveLength(2));
      expect(street.saidOf('H3')).toEqual([first, second]);
      expect(sequencesOf(street, 'H3')).toEqual(['1', '2']);
    }),
  );

  it.concurrent(
    'H4 dotnet-architecture/eShopOnContainers#279: the process dies after the commit, and nobody sends what it kept',
    onAStreet(async (street) => {
      const dying = await street.party('notification', {
        passing: (point) => {
          if (point === 'after-commit') throw new Error('killed');
        },
      });
      await expect(dying.say('H4')).rejects.toThrow('killed');
      await dying.stop();
      const next = await street.party('notification', { databaseUrl: dying.databaseUrl });
      next.messaging.relay.start();
      await untilSo(() => expect(street.saidOf('H4')).toHaveLength(1));
    }),
  );

  it.concurrent(
    'H5 medusajs/medusa#6016: staged work is deleted before it was handled',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      const id = await bank.say('H5');
      await untilSo(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(0));
      expect((await bank.messaging.stats()).outbox).toMatchObject({ depth: 1, dead: 0 });
      gate.reopen();
      await untilSo(() => expect(street.saidOf('H5')).toContain(id));
      await untilSo(async () => expect((await bank.messaging.stats()).outbox.depth).toBe(0));
    }),
  );

  it.concurrent(
    'H6 fullstackhero/dotnet-starter-kit#1336: the broker is away for longer than there are tries',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      const orderIds = ['H6-1', 'H6-2', 'H6-3'];
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      for (const orderId of orderIds) await bank.say(orderId);
      await untilSo(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(3));
      expect((await bank.messaging.stats()).outbox).toMatchObject({ depth: 3, dead: 0 });
      gate.reopen();
      await untilSo(() => expect(orderIds.flatMap((orderId) => street.saidOf(orderId))).toHaveLength(3));
      expect(await bank.rows('select * from outbox_dead')).toEqual([]);
    }),
  );

  it.concurrent(
    'H7 eventuate-tram/eventuate-tram-core#46: what was sent and received is kept until the disk is full',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      bank.messaging.relay.start();
      for (const index of [1, 2, 3]) await bank.say(`H7-${index}`);
      await untilSo(async () => expect(await bank.rows('select * from outbox')).toEqual([]));
      expect([1, 2, 3].flatMap((index) => street.saidOf(`H7-${index}`))).toHaveLength(3);
      const receipt = `insert into inbox select 'notification', gen_random_uuid(), $1, now() - days * interval '1 day' from unnest($2::int[]) as days`;
      await bank.rows(receipt, [sessionRequests.name, [1, 29, 30]]);
      const consumer = bank.messaging.consumer([{ topic: sessionRequests, handle: () => Promise.resolve() }]);
      await consumer.start();
      await untilSo(() => expect(consumer.stats().receiptsPruned).toBe(2));
      expect(await bank.rows('select topic from inbox')).toEqual([{ topic: sessionRequests.name }]);
    }),
  );

  it.concurrent(
    'I1 Vexa-ai/vexa#520: the queue is away for 75 minutes, and what is said meanwhile is dropped in silence',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const shop = await gate.behind(() => openShop(street));
      await untilSo(async () => expect((await shop.ready()).status).toBe(200));
      gate.freeze();
      const said = shop.messaging.transaction((tx) => shop.messaging.outbox.say(tx, orders, orderClosed('I1')));
      await expect(said).resolves.toEqual(expect.any(String));
      await untilSo(async () => {
        const { status, text } = await shop.ready();
        expect([status, text]).toEqual([503, expect.stringContaining('the broker has been silent')]);
      });
      expect(await shop.rows('select key from outbox')).toEqual([{ key: 'I1' }]);
      gate.reopen();
      await untilSo(async () => expect((await shop.ready()).status).toBe(200));
      await untilSo(async () => expect(await shop.rows('select key from outbox')).toEqual([]));
    }),
  );

  it.concurrent(
    'I2 the-momentum/open-wearables#1188: while the queue is away, the log fills with millions of lines',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      await bank.say('I2');
      const began = Date.now();
      await untilSo(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(3));
      const seconds = (Date.now() - began) / 1_000;
      expect(bank.lines.length / seconds).toBeLessThan(10);
      gate.reopen();
      await untilSo(() => expect(street.saidOf('I2').length).toBeGreaterThan(0));
    }),
  );

  it.concurrent(
    'I3 svix/svix-webhooks#1844: the queue comes back, and its readers stay in limbo',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const shop = await gate.behind(() => openShop(street));
      await succeeds(street, 'before');
      await untilSo(async () => expect(await shop.ledger()).toEqual(['before']));
      gate.shut();
      await succeeds(street, 'meanwhile');
      await untilSo(() =>
        expect(shop.lines.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Crash/)),
      );
      gate.reopen();
      await succeeds(street, 'after');
      await untilSo(async () => expect((await shop.ledger()).sort()).toEqual(['after', 'before', 'meanwhile']), 25_000);
      expect(shop.deaths).toEqual([]);
    }),
  );

  it.concurrent('M1 typeorm/typeorm#4588: several instances migrate at once', async () => {
    const url = await freshDatabase();
    process.env['DATABASE_URL'] = url;
    const instances = Array.from({ length: 5 }, () => runMigrations('order', [OpenTheBooks1790000000002]));
    delete process.env['DATABASE_URL'];
    await Promise.all(instances);
    const exitCode = process.exitCode ?? 0;
    process.exitCode = 0;
    const balances = await queryOnce(url, 'select satang from opening_balances');
    // Who failed has left its connections open.
    await queryOnce(testPostgres(), `drop database ${new URL(url).pathname.slice(1)} with (force)`);
    expect({ exitCode, balances }).toEqual({ exitCode: 0, balances: [{ satang }] });
  });

  it.concurrent(
    'N1 saleor/apps#339: the same event has no id by which to know it',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const ids = [await bank.say('N1'), await bank.say('N1')];
      bank.messaging.relay.start();
      await untilSo(() => expect(street.saidOf('N1')).toHaveLength(2));
      expect(new Set([...street.saidOf('N1'), ...ids]).size).toBe(1);
      const shop = await street.party('order');
      await shop.hear();
      await street.bus.expectDrained('order', [payments]);
      expect(await shop.ledger()).toEqual(['N1']);
    }),
  );

  it.concurrent(
    'N2 KanishJebaMathewM/Truxify#5780: duplicates credit twice',
    onAStreet(async (street) => {
      const first = await street.party('order');
      await first.hear();
      const ids = Array.from({ length: 10 }, () => crypto.randomUUID());
      for (const id of [...ids, ...ids]) await succeeds(street, 'N2-wallet', id);
      await street.bus.expectDrained('order', [payments]);
      await first.stop();
      const second = await street.party('order', { databaseUrl: first.databaseUrl });
      await second.hear();
      for (const id of ids) await succeeds(street, 'N2-wallet', id);
      await street.bus.expectDrained('order', [payments]);
      expect(await second.rows('select sum(satang)::int as credit from ledger')).toEqual([{ credit: 10 * satang }]);
    }),
  );

  it.concurrent(
    'O1 open-telemetry/opentelemetry-java-instrumentation#4854: the trace of a webhook ends where its event begins',
    onAStreet(async (street) => {
      const [bank, shop] = [await street.party('notification'), await openShop(street)];
      const listener = await openBus(street.prefix, [orders]);
      street.atTheEnd(() => listener.close());
      const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
      const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
      bank.messaging.relay.start();
      const id = await bank.say('O1', { causedBy: { id: 'webhook-1', traceparent } });
      const [said] = await listener.expectHeard(orders, 'OrderPaid');
      expect(said?.headers).toMatchObject({ ce_causationid: id, traceparent: expect.stringContaining(trace) });
      expect(street.bus.heard(payments)[0]?.headers).toMatchObject({ ce_causationid: 'webhook-1', traceparent });
      const line = shop.lines.find(({ message }) => message === 'event handled');
      expect(line).toMatchObject({ eventId: id, orderId: 'O1', traceId: trace });
    }),
  );

  it.concurrent(
    'Convoy: a converted payload is kept in place of the bytes that came',
    onAStreet(
      async (street) => {
        const shop = await street.party('order');
        await shop.hear();
        const bytes = Buffer.from('{"orderId":"bytes",  "amount":{"value":1.60,"currency":"THB"}}\n');
        const headers = headersOf('bytes');
        await street.bus.sendRaw(payments, { key: 'bytes', value: bytes, headers });
        await untilSo(async () => expect(await shop.messaging.deadLetters.list()).toHaveLength(1));
        const [kept] = await shop.rows<{ body: Buffer; headers: object }>('select body, headers from dead_letters');
        expect(kept?.body.toString()).toBe(bytes.toString());
        expect(kept?.headers).toMatchObject(headers);
      },
      { heard: false },
    ),
  );

  it.concurrent(
    'Convoy: the numbers that warn of a loss are sold separately',
    onAStreet(
      async (street) => {
        const shop = await openShop(street);
        const value = JSON.stringify({ ...paid('unreadable'), amount: 'a lot' });
        await street.bus.sendRaw(payments, { key: 'unreadable', value, headers: headersOf('unreadable') });
        await succeeds(street, 'unreadable');
        await untilSo(async () => {
          const numbers = await shop.metrics();
          expect(numbers).toMatch(/^kasir_dead_letters(\{.*\})? 1$/m);
          expect(numbers).toMatch(/^kasir_waiting_messages(\{.*\})? 1$/m);
          expect(numbers).toMatch(/^kasir_outbox_oldest_seconds(\{.*\})? \d/m);
        });
        expect(await shop.ledger()).toEqual([]);
      },
      { heard: false },
    ),
  );
});

/** How many instances have come to migrate. */
let migrating = 0;

class OpenTheBooks1790000000002 implements MigrationInterface {
  constructor() {
    migrating += 1;
  }

  /** By then every instance has asked what there is to do. */
  async up(runner: QueryRunner): Promise<void> {
    await untilSo(() => expect(migrating).toBe(5));
    await runner.query('create table opening_balances (satang int not null)');
    await runner.query('insert into opening_balances values ($1)', [satang]);
  }

  down = (): Promise<void> => Promise.resolve();
}

const newsOf = (orderId: string, identity = 'ps_1') => ({
  type: 'PaymentSucceeded' as const,
  data: paid(orderId, identity),
  identity: `${identity} of ${orderId}`,
  at: new Date('2026-11-22T08:00:00Z'),
});

const orderClosed = (orderId: string) => ({
  type: 'OrderNeedsAttention' as const,
  data: { orderId, kind: 'second-success', paymentSessionId: 'ps_1', paymentId: 'pay-1', evidence: { seen: 'two' } },
  identity: orderId,
  at: new Date('2026-11-22T08:00:00Z'),
});

const headersOf = (orderId: string) => ({
  ce_specversion: '1.0',
  ce_id: crypto.randomUUID(),
  ce_type: 'PaymentSucceeded',
  ce_source: 'notification',
  ce_subject: orderId,
  ce_time: '2026-11-22T08:00:00Z',
  ce_dataschema: 'urn:kasir:payments.v1:PaymentSucceeded',
  ce_sequence: '1',
});

const sequencesOf = (street: Street, orderId: string) =>
  street.bus
    .heard(payments)
    .filter(({ key }) => key === orderId)
    .map(({ headers }) => headers['ce_sequence']);

async function gateOf(street: Street): Promise<Gate> {
  const gate = await Gate.open();
  street.atTheEnd(() => gate.close());
  return gate;
}

/** One order of each of two partitions. */
function ordersOfTwoPartitions(): [string, string] {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = [0, 1].map((partitionId) => ({ partitionId, leader: 1 }) as kafkajs.PartitionMetadata);
  const orderIds = Array.from({ length: 50 }, (_, index) => `order-${index}`);
  const of = (partition: number) =>
    orderIds.find((key) => choose({ topic: '', partitionMetadata, message: { key, value: '' } }) === partition)!;
  return [of(0), of(1)];
}

/** As a producer with a codec that no consumer has. */
async function sayCompressed(street: Street, orderId: string): Promise<void> {
  const client = new Kafka({ brokers: testBrokers(), logLevel: logLevel.NOTHING });
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({
    topic: street.prefix + payments.name,
    compression: CompressionTypes.ZSTD,
    messages: [{ key: orderId, value: JSON.stringify(paid(orderId)), headers: headersOf(orderId) }],
  });
  await producer.disconnect();
}
