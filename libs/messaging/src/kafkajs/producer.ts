import {
  type ICustomPartitioner,
  type Kafka,
  type Message,
  Partitioners,
  type Producer,
  type RecordMetadata,
} from 'kafkajs';
import { BrokerFailure, type EventProducer, type OutgoingRecord } from '../broker.js';
import { brokerFailure, demandText } from './failure.js';

export class KafkajsProducer implements EventProducer {
  readonly #producer: Producer;
  readonly #chosen = new Set<string>();
  #connected: Promise<void> | undefined;

  constructor(
    kafka: Kafka,
    private readonly topicPrefix: string,
    partitioner: ICustomPartitioner = Partitioners.DefaultPartitioner,
  ) {
    this.#producer = kafka.producer({
      // Idempotence of kafkajs loses acknowledged records after a time-out; consumers fold repeats instead.
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: () => this.#noteChoice(partitioner()),
    });
  }

  async sendBatch(records: readonly OutgoingRecord[]): Promise<void> {
    records.forEach(demandText);
    try {
      await this.#connect();
      this.#chosen.clear();
      const acknowledged = await this.#producer.sendBatch({ acks: -1, topicMessages: this.#byTopic(records) });
      this.#demandAll(acknowledged);
    } catch (error) {
      throw brokerFailure(error);
    }
  }

  async close(): Promise<void> {
    await this.#connected?.then(() => this.#producer.disconnect()).catch(() => undefined);
  }

  async #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect();
    await this.#connected.catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
  }

  #byTopic(records: readonly OutgoingRecord[]): { topic: string; messages: Message[] }[] {
    const topics = [...new Set(records.map(({ topic }) => topic))];
    return topics.map((topic) => ({
      topic: this.topicPrefix + topic,
      messages: records
        .filter((record) => record.topic === topic)
        .map(({ key, headers, body }) => ({ key, headers: { ...headers }, value: body })),
    }));
  }

  #noteChoice(choose: ReturnType<ICustomPartitioner>): typeof choose {
    return (message) => {
      const partition = choose(message);
      this.#chosen.add(`${message.topic}/${partition}`);
      return partition;
    };
  }

  /** kafkajs resolves also when it dropped records whose partition has gone. */
  #demandAll(acknowledged: readonly RecordMetadata[]): void {
    const taken = acknowledged.filter(({ errorCode }) => errorCode === 0);
    const places = new Set(taken.map(({ topicName, partition }) => `${topicName}/${partition}`));
    const missing = [...this.#chosen].filter((place) => !places.has(place));
    if (missing.length > 0)
      throw new BrokerFailure(`no acknowledgement of ${missing.join(', ')}`, false, true, undefined);
  }
}
