import { once } from 'node:events';
import { createServer } from 'node:net';
import kafkajs from 'kafkajs';
import { type Consumer, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { cacheFolder } from '../test-support/built.specs.js';
import { openFolder, removeFolders } from '../test-support/folders.specs.js';
import { allGone } from '../test-support/processes.specs.js';
import { freePort } from '../processes/ports.js';
import { asAdmin } from './admin.js';
import { type KafkaHandle } from './kafka-handle.js';
import { startKafka } from './start-kafka.js';
import { applyTopics } from './topics.js';

const payments = { name: 'payments', partitions: 12, config: { 'retention.ms': '-1', 'cleanup.policy': 'compact' } };

describe('a Kafka of our own', () => {
  let kafka: KafkaHandle;
  let taken: number;

  beforeAll(async () => {
    taken = await freePort();
    const blocker = createServer().listen(taken, '127.0.0.1');
    await once(blocker, 'listening');
    kafka = await startKafka({ folder: await openFolder(), cacheFolder, port: taken });
    blocker.close();
    await applyTopics(kafka.brokers, [payments]);
  });

  afterAll(async () => {
    await kafka.stop();
    await removeFolders();
  });

  it('says which way was taken and which version answers', () => {
    expect(kafka.kind).toBe('own');
    expect(kafka.version).toBe('4.4.0');
    expect(kafka.describe).toContain(`Apache Kafka 4.4.0 of our own at ${kafka.brokers[0]} (jars from Maven, Java `);
  });

  it('takes another port when the wanted one is taken', () => {
    expect(kafka.brokers).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
    expect(kafka.brokers).not.toEqual([`127.0.0.1:${taken}`]);
  });

  it('has the topics with the partitions and settings that were asked for', async () => {
    const settings = await settingsOf(kafka.brokers, 'payments');
    expect(settings).toMatchObject(payments.config);
    const { topics } = await asAdmin(kafka.brokers, (admin) => admin.fetchTopicMetadata({ topics: ['payments'] }));
    expect(topics[0]!.partitions).toHaveLength(12);
  });

  it('leaves topics alone that exist, and makes those that are missing', async () => {
    const [same, missing] = [
      { ...payments, config: { 'retention.ms': '1' } },
      { name: 'orders', partitions: 3 },
    ];
    await applyTopics(kafka.brokers, [same, missing]);
    expect(await settingsOf(kafka.brokers, 'payments')).toMatchObject(payments.config);
    expect(await asAdmin(kafka.brokers, (admin) => admin.listTopics())).toEqual(
      expect.arrayContaining(['orders', 'payments']),
    );
  });

  it('refuses a topic that exists with another number of partitions', async () => {
    const applied = applyTopics(kafka.brokers, [{ ...payments, partitions: 6 }]);
    await expect(applied).rejects.toThrow('topic payments has 12 partitions, and 6 are wanted');
  });

  it('makes no topic by itself', async () => {
    const producer = client(kafka.brokers, 1).producer({ allowAutoTopicCreation: true });
    await producer.connect();
    await expect(producer.send({ topic: 'typo', messages: [{ value: 'lost' }] })).rejects.toThrow();
    await producer.disconnect();
    expect(await asAdmin(kafka.brokers, (admin) => admin.listTopics())).not.toContain('typo');
  });

  it('lets a consumer be missed after one second', async () => {
    await asAdmin(kafka.brokers, async (admin) => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [
          { type: kafkajs.ConfigResourceTypes.BROKER, name: '1', configNames: ['group.min.session.timeout.ms'] },
        ],
      });
      expect(resources[0]!.configEntries[0]).toMatchObject({ configValue: '1000' });
    });
  });

  it('keeps an acknowledged record when it is killed and started again', async () => {
    await withProducer(kafka.brokers, (producer) => send(producer, 'ps_1', 'paid'));
    const pid = kafka.pid()!;
    await kafka.kill();
    await allGone([pid]);
    await kafka.restart();
    expect(await readAll(kafka.brokers, 1)).toEqual(['ps_1=paid']);
  });

  it('acknowledges nothing while it is frozen, and goes on afterwards', async () => {
    await withProducer(kafka.brokers, async (producer) => {
      kafka.freeze();
      const sent = send(producer, 'ps_2', 'paid');
      expect(await settledWithin(300, sent)).toBe(false);
      kafka.resume();
      await sent;
    });
    expect(await readAll(kafka.brokers, 2)).toEqual(['ps_1=paid', 'ps_2=paid']);
  });

  it('is at the same address with the same records after a restart', async () => {
    const before = kafka.brokers;
    await kafka.restart();
    expect(kafka.brokers).toEqual(before);
    expect(await readAll(before, 2)).toEqual(['ps_1=paid', 'ps_2=paid']);
  });

  it('is left alone when it is somebody else who runs it', async () => {
    const named = await startKafka({ folder: '/nowhere', cacheFolder: '/nowhere', brokers: kafka.brokers });
    expect(named).toMatchObject({
      kind: 'external',
      version: '4.4 (metadata.version level 33)',
      brokers: kafka.brokers,
    });
    await expect(named.kill()).rejects.toThrow('Kafka is run by somebody else');
    await named.stop();
    expect(await asAdmin(kafka.brokers, (admin) => admin.listTopics())).toContain('payments');
  });
});

describe('two starts of Kafka that want the same port at the same moment', () => {
  afterAll(removeFolders);

  it('get a port each', async () => {
    const port = await freePort();
    const start = async () => startKafka({ folder: await openFolder(), cacheFolder, port });
    const both = await Promise.all([start(), start()]);
    expect(new Set(both.flatMap(({ brokers }) => brokers)).size).toBe(2);
    await Promise.all(both.map((kafka) => kafka.stop()));
  });
});

async function settingsOf(brokers: readonly string[], topic: string): Promise<Record<string, string>> {
  const { resources } = await asAdmin(brokers, (admin) =>
    admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    }),
  );
  return Object.fromEntries(
    resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
  );
}

const client = (brokers: readonly string[], retries = 20) =>
  new Kafka({
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    requestTimeout: 30_000,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 500 },
  });

async function withProducer(brokers: readonly string[], work: (producer: Producer) => Promise<unknown>): Promise<void> {
  const producer = client(brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await work(producer).finally(() => producer.disconnect());
}

const send = (producer: Producer, key: string, value: string) =>
  producer.send({ topic: 'payments', acks: -1, messages: [{ key, value }] });

let groups = 0;

/** The first records of the topic, sorted. */
async function readAll(brokers: readonly string[], count: number): Promise<string[]> {
  const consumer = client(brokers).consumer({ groupId: `reader-${(groups += 1)}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: 'payments', fromBeginning: true });
  const records = await first(count, consumer);
  await consumer.disconnect();
  return records.sort();
}

async function first(count: number, consumer: Consumer): Promise<string[]> {
  const records: string[] = [];
  let running: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    const eachMessage = async ({ message }: { message: { key: Buffer | null; value: Buffer | null } }) => {
      records.push(`${message.key}=${message.value}`);
      if (records.length === count) resolve();
    };
    running = consumer.run({ eachMessage });
  });
  await running;
  return records;
}

async function settledWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(() => resolve(false), ms));
  return Promise.race([promise.then(() => true), timeout]);
}
