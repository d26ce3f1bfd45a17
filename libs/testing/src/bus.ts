import { randomUUID } from 'node:crypto';
import { type EventOf, type TopicContract } from '@kasir/contracts';
import { type Admin, type Consumer, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { testBrokers } from './database.js';
import { eventually } from './eventually.js';

/** One record as any reader of the broker sees it. */
export interface Heard {
  readonly topic: string;
  readonly type: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Record<string, unknown>;
}

type Data<Topic extends TopicContract, Type extends string> = Extract<EventOf<Topic>, { type: Type }>['data'];

/** The other services of a test: says what they would say, and hears what the service under test says. */
export interface Bus {
  /** Says an event as the topic's producer would. @returns the event's id */
  say<Topic extends TopicContract, Type extends EventOf<Topic>['type']>(
    topic: Topic,
    type: Type,
    data: Data<Topic, Type>,
    id?: string,
  ): Promise<string>;
  sendRaw(
    topic: TopicContract,
    message: { key: string | null; value: string | Buffer; headers?: Record<string, string> },
  ): Promise<void>;
  /** Everything said on a topic so far. */
  heard(topic: TopicContract): readonly Heard[];
  /** Waits until a topic has said so many events of a type. */
  expectHeard(topic: TopicContract, type: string, count?: number): Promise<readonly Heard[]>;
  /** Waits until a group has applied everything that topics hold. */
  expectDrained(group: string, topics: readonly TopicContract[]): Promise<void>;
  close(): Promise<void>;
}

export async function openBus(prefix: string, listenTo: readonly TopicContract[]): Promise<Bus> {
  const kafka = new Kafka({ clientId: 'test-bus', brokers: testBrokers(), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  const heard: Heard[] = [];
  const listener = await listen(kafka, prefix, listenTo, (record) => heard.push(record));
  return new KafkaBus(prefix, producer, admin, listener, heard);
}

class KafkaBus implements Bus {
  private readonly sequences = new Map<string, number>();

  constructor(
    private readonly prefix: string,
    private readonly producer: Producer,
    private readonly admin: Admin,
    private readonly listener: Consumer | undefined,
    private readonly records: readonly Heard[],
  ) {}

  async say(topic: TopicContract, type: string, data: unknown, id: string = randomUUID()): Promise<string> {
    const key = (data as { orderId: string }).orderId;
    const sequence = (this.sequences.get(key) ?? 0) + 1;
    this.sequences.set(key, sequence);
    const headers = {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: type,
      ce_source: topic.producer,
      ce_subject: key,
      ce_time: new Date().toISOString(),
      ce_dataschema: `urn:kasir:${topic.name}:${type}`,
      ce_sequence: String(sequence),
      'content-type': 'application/json',
    };
    await this.sendRaw(topic, { key, value: JSON.stringify(data), headers });
    return id;
  }

  async sendRaw(topic: TopicContract, message: Parameters<Bus['sendRaw']>[1]): Promise<void> {
    await this.producer.send({ topic: this.prefix + topic.name, messages: [message] });
  }

  heard(topic: TopicContract): readonly Heard[] {
    return this.records.filter((record) => record.topic === topic.name);
  }

  expectHeard(topic: TopicContract, type: string, count = 1): Promise<readonly Heard[]> {
    return eventually(() => {
      const found = this.heard(topic).filter((record) => record.type === type);
      if (found.length < count) throw new Error(`${found.length} of ${count} ${type} on ${topic.name}`);
      return found;
    });
  }

  async expectDrained(group: string, topics: readonly TopicContract[]): Promise<void> {
    for (const { name } of topics) await eventually(() => this.drained(this.prefix + group, this.prefix + name));
  }

  async close(): Promise<void> {
    await Promise.all([this.producer.disconnect(), this.admin.disconnect(), this.listener?.disconnect()]);
  }

  private async drained(groupId: string, topic: string): Promise<void> {
    const ends = await this.admin.fetchTopicOffsets(topic);
    const [committed] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    const done = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    const open = ends.filter(
      ({ partition, low, high }) => Number(high) > Math.max(done.get(partition) ?? 0, Number(low)),
    );
    if (open.length > 0) throw new Error(`${groupId} has not applied all of ${topic}`);
  }
}

async function listen(
  kafka: Kafka,
  prefix: string,
  topics: readonly TopicContract[],
  hear: (record: Heard) => void,
): Promise<Consumer | undefined> {
  if (topics.length === 0) return undefined;
  const consumer = kafka.consumer({
    groupId: `test-bus-${randomUUID()}`,
    maxWaitTimeInMs: 100,
    retry: { retries: 1e6 },
  });
  await consumer.connect();
  await consumer.subscribe({ topics: topics.map(({ name }) => prefix + name), fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, message: { key, value, headers = {} } }) => {
      const texts = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]));
      const data = JSON.parse(String(value)) as Record<string, unknown>;
      hear({ topic: topic.slice(prefix.length), type: texts['ce_type'] ?? '', key: String(key), headers: texts, data });
      return Promise.resolve();
    },
  });
  await joined;
  return consumer;
}
