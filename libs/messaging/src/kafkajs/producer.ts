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
  /** Where each message went; calls that are under way at once share the partitioner. */
  readonly #places = new WeakMap<Message, string>();
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
      const topicMessages = this.#byTopic(records);
      const acknowledged = await this.#producer.sendBatch({ acks: -1, topicMessages });
      this.#demandAll(
        topicMessages.flatMap(({ messages }) => messages),
        acknowledged,
      );
    } catch (error) {
      throw brokerFailure(error);
    }
  }

  async connect(): Promise<void> {
    await this.#connect().catch((error: unknown) => {
      throw brokerFailure(error);
    });
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
    return (choice) => {
      const partition = choose(choice);
      this.#places.set(choice.message, `${choice.topic}/${partition}`);
      return partition;
    };
  }

  /** kafkajs resolves also when it dropped records whose partition has gone. */
  #demandAll(messages: readonly Message[], acknowledged: readonly RecordMetadata[]): void {
    const taken = acknowledged.filter(({ errorCode }) => errorCode === 0);
    const places = new Set(taken.map(({ topicName, partition }) => `${topicName}/${partition}`));
    const chosen = new Set(messages.map((message) => this.#places.get(message) ?? 'no partition'));
    const missing = [...chosen].filter((place) => !places.has(place));
    if (missing.length > 0)
      throw new BrokerFailure(`no acknowledgement of ${missing.join(', ')}`, false, true, undefined);
  }
}
