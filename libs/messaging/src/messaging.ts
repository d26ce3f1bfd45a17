import { type ReaderName, type TopicContract } from '@kasir/contracts';
import { type Clock, systemClock } from '@kasir/kernel';
import { Applying } from './consumer/applying.js';
import { type Consumer, EventsConsumer } from './consumer/consumer.js';
import { Pruning } from './consumer/pruning.js';
import { type AnySubscription, checkSubscriptions, type Subscription } from './consumer/subscription.js';
import { type CrashPoint, crashPointsFrom, messagingCrashPoints, type Passing } from './crash-points.js';
import { type Database, type Tx } from './database.js';
import { type BrokerAddress, kafkajsBroker } from './kafkajs/broker.js';
import { type Log } from './log.js';
import { DeadLetterDesk } from './operator/desk.js';
import { type DeadLetters } from './operator/dead-letters.js';
import { checkSaid, createOutbox, type Outbox, publishedIn } from './outbox/outbox.js';
import { createRelay, type Relay } from './outbox/relay.js';
import { applying as applyingIn, type Rehearsal } from './rehearsal/applying.js';
import { Rehearsals } from './rehearsal/rehearsals.js';
import { type MessagingStats, readStats } from './stats.js';

export interface MessagingOptions {
  /** Who speaks and listens; also the name of the consumer group. */
  readonly service: ReaderName;
  readonly database: Database;
  readonly brokers: BrokerAddress;
  /** Lets several deployments and tests share a broker; stands before topics and groups. Empty by default. */
  readonly topicPrefix?: string;
  /** What the service says; it can say nothing else then, and does not start where a contract names another producer. */
  readonly says?: readonly TopicContract[];
  readonly log: Log;
  readonly clock?: Clock;
  /** A consumer died and will not come back by itself: the process should end. */
  readonly onFatal: (error: Error) => void;
  /** How many messages are applied at once; the database's pool must have more connections than that. 6 by default. */
  readonly concurrency?: number;
  /** After so long a partition on which messages wait and nothing moves makes the service not ready; 30,000 ms by default. */
  readonly stuckMs?: number;
  /** Hears which crash point is passed; what KASIR_CRASH_AT asks for by default. */
  readonly passing?: Passing;
}

const pollMs = 100;

type Subscriptions<Topics extends readonly TopicContract[]> = {
  readonly [Index in keyof Topics]: Subscription<Topics[Index]>;
};

export interface Messaging {
  readonly service: ReaderName;
  readonly outbox: Outbox;
  readonly relay: Relay;
  /** A transaction of the database. Where it published, the relay looks at the outbox right after its commit. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** @throws Error when a contract does not name this service as a reader */
  consumer<const Topics extends readonly TopicContract[]>(subscriptions: Subscriptions<Topics>): Consumer;
  /** What could not be applied, for operators. Deciding needs the consumer of the topic in this process. */
  readonly deadLetters: DeadLetters;
  stats(): Promise<MessagingStats>;
  /** Connects what would be connected at the first sending. @throws BrokerFailure */
  connect(): Promise<void>;
  /**
   * Runs `work` as it would run in production, in one transaction that is rolled back: every `transaction` that is begun in
   * it is a part of that one, and takes no more statements once `signal` is aborted. Nothing follows a commit, no relay is woken, no crash point passed, nothing counted or logged.
   */
  rehearse(work: (rehearsal: Rehearsal) => Promise<void>, signal?: AbortSignal): Promise<void>;
  /** Whether the caller runs inside of `rehearse`. */
  isRehearsing(): boolean;
  /** Reads by `committed`, and inside of `rehearse` what is to be rolled back. */
  reading(committed: Tx): Tx;
  /** Stops consumers, then the relay, then the connections to the broker; the database stays open. */
  stop(): Promise<void>;
}

/**
 * Everything a service needs to hear and to say events. Connects to nothing until something is started.
 * @throws Error when KASIR_CRASH_AT is set and must not be, or when the service is to say what is another's
 */
export function createMessaging(options: MessagingOptions): Messaging {
  const { service, database, log, onFatal, clock = systemClock, topicPrefix = '', concurrency = 6 } = options;
  const { stuckMs = 30_000, passing = crashPointsFrom(process.env, messagingCrashPoints) } = options;
  checkSaid(service, options.says ?? []);
  const group = topicPrefix + service;
  const broker = kafkajsBroker({ ...options.brokers, clientId: group, topicPrefix, log });
  const relay = createRelay({ service, database, broker, log, clock, pollMs, passing });
  const consumers: Consumer[] = [];
  const heard: AnySubscription[] = [];
  const rehearsals = new Rehearsals(database.transaction);

  const transactionPassing =
    (before: CrashPoint, after: CrashPoint): Database['transaction'] =>
    async (work) => {
      if (rehearsals.tx !== undefined) return work(rehearsals.tx);
      const [result, published] = await database.transaction(async (tx) => {
        const answer = await work(tx);
        passing(before);
        return [answer, publishedIn(tx)] as const;
      });
      passing(after);
      if (published) relay.wake();
      return result;
    };
  const transaction = transactionPassing('before-commit', 'after-commit');

  const consumer = (subscriptions: readonly AnySubscription[]): Consumer => {
    checkSubscriptions(service, subscriptions);
    const topics = subscriptions.map(({ topic }) => topic);
    const names = topics.map(({ name }) => name);
    const applying = new Applying({
      consumer: service,
      subscriptions,
      transaction: transactionPassing('consumer-before-commit', 'consumer-after-commit'),
      log,
      clock,
      concurrency,
      passing,
    });
    const made = new EventsConsumer({
      open: () => broker.consumer(group, names),
      lag: () => broker.lag(group, names),
      applying,
      pruning: new Pruning({ consumer: service, topics, transaction: database.transaction, log, clock }),
      log,
      onFatal,
      stuckMs,
      passing,
    });
    consumers.push(made);
    heard.push(...subscriptions);
    return made;
  };

  return {
    service,
    outbox: createOutbox(service, options.says),
    relay,
    transaction,
    consumer,
    deadLetters: new DeadLetterDesk({
      consumer: service,
      transaction,
      subscriptionOf: (name) => heard.find(({ topic }) => topic.name === name),
      log,
      clock,
    }),
    connect: () => broker.connectProducer(),
    rehearse: (work, signal) =>
      rehearsals.run(
        (tx) => work({ apply: applyingIn(tx, { consumer: service, subscriptions: heard, clock }) }),
        signal,
      ),
    isRehearsing: () => rehearsals.tx !== undefined,
    reading: (committed) => ({ query: (sql, params) => (rehearsals.tx ?? committed).query(sql, params) }),
    stats: () => readStats(database, consumers, relay, clock),
    async stop() {
      await Promise.all(consumers.map((each) => each.stop()));
      await relay.stop();
      await broker.close();
    },
  };
}
