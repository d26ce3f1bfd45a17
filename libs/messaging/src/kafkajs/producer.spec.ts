import { payments } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { freshTopics, testBrokers } from '../lab.specs.js';
import { KafkajsProducer } from './producer.js';

const record = (key: string) => ({ topic: payments.name, key, headers: {}, body: '{}' });

describe('a batch on its way to the broker', () => {
  const producers: KafkajsProducer[] = [];
  afterAll(() => Promise.all(producers.map((producer) => producer.close())));

  const producerChoosing = async (partition?: number): Promise<KafkajsProducer> => {
    const kafka = new Kafka({ brokers: testBrokers(), logLevel: logLevel.NOTHING, retry: { retries: 3 } });
    const choose = partition === undefined ? undefined : () => () => partition;
    const producer = new KafkajsProducer(kafka, await freshTopics([payments]), choose);
    producers.push(producer);
    return producer;
  };

  it('is there when every partition has acknowledged it', async () => {
    const producer = await producerChoosing();
    await producer.sendBatch(Array.from({ length: 20 }, (_, index) => record(`order-${index}`)));
  });

  it('asks for its own acknowledgements only, when another is on its way at the same time', async () => {
    const producer = await producerChoosing();
    const keys = Array.from({ length: 12 }, (_, index) => `order-${index}`);
    await Promise.all(keys.map((key) => producer.sendBatch([record(key)])));
  });

  it('is not taken for sent when its partition has gone, although kafkajs is content', async () => {
    const producer = await producerChoosing(99);
    await expect(producer.sendBatch([record('order-1')])).rejects.toMatchObject({
      message: expect.stringMatching(/^no acknowledgement of .*payments.v1\/99$/) as string,
      permanent: false,
    });
  });
});
