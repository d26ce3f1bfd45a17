import { type AnyEvent, type EventOf, type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Tx } from '../database.js';

export interface Subscription<Topic extends TopicContract = TopicContract> {
  readonly topic: Topic;
  /**
   * Applies one event inside the transaction that also holds its receipt. Called again when it rejects.
   * Throw `Unprocessable` for what no repetition can help.
   */
  handle(event: EventOf<Topic>, tx: Tx): Promise<void>;
}

/** A subscription whose topic is only known at run time. */
export interface AnySubscription {
  readonly topic: TopicContract;
  handle(event: AnyEvent, tx: Tx): Promise<void>;
}

/** @throws Error when a topic is subscribed twice, or its contract does not name this reader */
export function checkSubscriptions(reader: ReaderName, topics: readonly TopicContract[]): void {
  for (const [index, topic] of topics.entries()) {
    if (!topic.readers.includes(reader)) throw new Error(`${reader} is no reader of ${topic.name}`);
    if (topics.indexOf(topic) !== index) throw new Error(`${reader} subscribes to ${topic.name} twice`);
  }
}
