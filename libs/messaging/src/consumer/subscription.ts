import { type AnyEvent, type EventOf, type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Tx } from '../database.js';

/** What a handler gets beside the event. */
export interface EventContext {
  /** The transaction that holds the event's receipt; what is done in it happens once. */
  readonly tx: Tx;
  /**
   * Runs `work` after the commit and only then, at most once: a death in between, or a commit whose answer was lost, forgets it.
   * It is for waking somebody who would look by himself later; it is not waited for, and its failure is only logged.
   */
  readonly afterCommit: (work: () => unknown) => void;
}

/** What becomes of a key's later messages on a topic after one of them became a dead letter: they wait for it, or pass it. */
export type WhenPoisoned = 'wait' | 'pass';

export interface Subscription<Topic extends TopicContract = TopicContract> {
  readonly topic: Topic;
  /** The types that are handled, all by default. The others are decided by their header: no parsing, receipt, transaction or log line. */
  readonly handles?: readonly EventOf<Topic>['type'][] | undefined;
  /** 'wait' by default, as money demands; 'pass' suits a view that the next event corrects. */
  readonly whenPoisoned?: WhenPoisoned | undefined;
  /**
   * Applies one event inside the transaction that also holds its receipt, and perhaps its neighbours'. Called again when
   * any of them rejects. Events of one key come in the order of the topic, those of different keys in any order.
   * Throw `Unprocessable` for what no repetition can help.
   */
  handle(event: EventOf<Topic>, context: EventContext): Promise<void>;
}

/** A subscription whose topic is only known at run time. */
export interface AnySubscription extends Pick<Subscription, 'topic' | 'whenPoisoned'> {
  readonly handles?: readonly string[] | undefined;
  handle(event: AnyEvent, context: EventContext): Promise<void>;
}

/** Whether the message is of a type that the contract knows and the subscription does not handle. */
export function isUnhandled({ topic, handles }: AnySubscription, type: string | undefined): boolean {
  if (handles === undefined || type === undefined || handles.includes(type)) return false;
  return topic.events.some((event) => event.type === type);
}

/** @throws Error when a topic is subscribed twice, its contract does not name this reader, or it has no event of a handled type */
export function checkSubscriptions(reader: ReaderName, subscriptions: readonly AnySubscription[]): void {
  const topics = subscriptions.map(({ topic }) => topic);
  for (const [index, { topic, handles = [] }] of subscriptions.entries()) {
    if (!topic.readers.includes(reader))
      throw new Error(
        `${reader} is no reader of ${topic.name}: name it in the readers of its contract in libs/contracts, and give it an ACL to read it`,
      );
    if (topics.indexOf(topic) !== index) throw new Error(`${reader} subscribes to ${topic.name} twice`);
    const unknown = handles.find((type) => !topic.events.some((event) => event.type === type));
    if (unknown !== undefined) throw new Error(`${reader} handles ${unknown}, which ${topic.name} does not have`);
  }
}
