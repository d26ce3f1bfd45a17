import { payments } from '@kasir/contracts';
import { eventually, testBrokers } from '@kasir/testing';
import kafkajs from 'kafkajs';
import { onAStreet, paid, type Street } from './messaging-lab.specs.js';
import { openShop } from './messaging-shop.specs.js';
import { headersOf, succeeds } from './messaging-words.specs.js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs;

/** Every consumer that kafkajs makes here, by its group. */
const made = new Map<string, kafkajs.Consumer>();
const make = Reflect.get(Kafka.prototype, 'consumer') as kafkajs.Kafka['consumer'];
Kafka.prototype.consumer = function (config) {
  const consumer = make.call(this, config);
  made.set(config?.groupId ?? '', consumer);
  return consumer;
};

afterAll(() => {
  Kafka.prototype.consumer = make;
});

/** kafkajs as it is installed: a codec that is missing ends a consumer. */
const withoutZstd = (): void => {
  CompressionCodecs[CompressionTypes.ZSTD] = () => {
    throw Object.assign(new Error('ZSTD compression not implemented'), { name: 'KafkaJSNotImplemented' });
  };
};

const lockTimeout = () => Object.assign(new Error('could not obtain lock'), { code: '55P03' });

describe('G. Readers that are stuck, or gone unseen', () => {
  it.concurrent(
    'G1 nestjs/nest#14664: one bad event blocks the partition for ever',
    onAStreet(async (street) => {
      const shop = await openShop(street, ({ data: { orderId } }) => {
        if (orderId === 'bad') throw new TypeError('Cannot read properties of undefined');
      });
      for (const orderId of ['bad', 'good-1', 'good-2']) await succeeds(street, orderId);
      await eventually(async () => expect((await shop.ledger()).sort()).toEqual(['good-1', 'good-2']));
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
      await eventually(async () =>
        expect(await shop.messaging.deadLetters.list()).toMatchObject([{ key: 'bad', attempts: 5 }]),
      );
      await succeeds(street, 'good');
      await eventually(async () => expect(await shop.ledger()).toEqual(['good']));
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
        await eventually(() => expect(shop.deaths).toHaveLength(1));
        const { status, text } = await shop.ready();
        expect([status, text]).toEqual([503, expect.stringContaining('the consumer is dead')]);
      },
      { heard: false },
    ),
  );

  it.concurrent(
    'G4 confluentinc/confluent-kafka-javascript#476: it stalls after a rebalance while heartbeats go on',
    onAStreet(async (street) => {
      const guest = await street.party('order');
      await guest.hear();
      const shop = await street.party('order', { databaseUrl: guest.databaseUrl, stuckMs: 1_500 });
      const consumer = await shop.hear();
      await guest.stop();
      await eventually(() => expect(consumer.stats().partitions).toHaveLength(1));
      const group = `${street.prefix}order`;
      const stalled = made.get(group)!;
      stalled.pause([{ topic: street.prefix + payments.name }]);
      stalled.resume = () => undefined;
      await succeeds(street, 'behind');
      await eventually(async () => expect(await shop.ledger()).toEqual(['behind']));
      expect(made.get(group)).not.toBe(stalled);
      expect(consumer.stats().restarts).toBeGreaterThan(0);
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
        await eventually(() => expect(begun).toContain(slow));
        await succeeds(street, quick);
        await eventually(async () => expect(await shop.ledger()).toEqual([quick])).finally(free);
        await eventually(async () => expect((await shop.ledger()).sort()).toEqual([quick, slow].sort()));
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
      await eventually(() => expect(tries).toBeGreaterThan(2));
      await first.stop();
      const second = await street.party('order', { databaseUrl: first.databaseUrl });
      await second.hear();
      await eventually(async () => expect((await second.ledger()).sort()).toEqual(['failing', 'next']));
    }),
  );
});

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
