import { type AnyEvent, type TopicContract, topics as allTopics } from '@kasir/contracts';
import {
  type AnySubscription,
  type Consumer,
  type EventContext,
  type Health,
  type Messaging,
  type WhenPoisoned,
} from '@kasir/messaging';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';

export interface KafkaStrategyOptions {
  readonly messaging: Messaging;
  /** Where the contracts of patterns are looked up; every topic of Kasir by default. */
  readonly topics?: readonly TopicContract[];
  /** By the names of topics: what becomes of a key's later messages after a dead letter. They wait unless it says 'pass'. */
  readonly whenPoisoned?: Readonly<Record<string, WhenPoisoned>> | undefined;
  /** Runs once every handler is known, before the group is joined. */
  readonly beforeJoining?: (() => Promise<void>) | undefined;
  /** Surrounds every handling of an event, for what a log or a trace wants to know of it. */
  readonly around?: <Result>(event: AnyEvent, work: () => Promise<Result>) => Promise<Result>;
}

/** What a handler declares beside its topic: `@EventPattern<string>(payments.name, { handles: ['PaymentSucceeded'] })`. */
export interface HandlerExtras {
  /** The types of events that it handles, all of the topic by default. */
  readonly handles?: readonly string[];
}

/**
 * Kafka as a Nest transport: `@EventPattern<string>(payments.name)` hears a topic.
 * A handler gets `@Payload() event` and `@Ctx() context: EventContext`. Its rejection is retried or becomes a dead letter,
 * as messaging decides.
 */
export class KafkaStrategy extends Server implements CustomTransportStrategy {
  /** Tells Nest that failures are reported by us. */
  override readonly propagatesEventHandlerErrors = true;
  #consumer: Consumer | undefined;

  constructor(private readonly options: KafkaStrategyOptions) {
    super();
  }

  /** Calls back after the first join of the group, or with what keeps the service from starting. */
  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.#consumer?.stop();
  }

  health(): Health {
    return this.#consumer?.health() ?? { ok: false, reason: 'the consumer has not been started' };
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.options.messaging as T;
  }

  async #start(): Promise<void> {
    const subscriptions = [...this.getHandlers()].map(([pattern, handler]) => this.#subscription(pattern, handler));
    this.#consumer = this.options.messaging.consumer(subscriptions as never);
    await this.options.beforeJoining?.();
    await this.#consumer.start();
  }

  #subscription(pattern: string, handler: MessageHandler): AnySubscription {
    const topic = (this.options.topics ?? allTopics).find(({ name }) => name === pattern);
    if (topic === undefined) throw new Error(`no contract describes the topic ${pattern}`);
    if (handler.isEventHandler !== true) throw new Error(`${pattern} is heard with @EventPattern; nobody gets a reply`);
    if (handler.next !== undefined) throw new Error(`${pattern} has two handlers; one failing would repeat the other`);
    const { around = (_, work) => work(), whenPoisoned } = this.options;
    return {
      topic,
      handles: (handler.extras as HandlerExtras | undefined)?.handles,
      whenPoisoned: whenPoisoned?.[topic.name],
      handle: (event, context) => around(event, () => this.#handle(handler, event, context)),
    };
  }

  async #handle(handler: MessageHandler, event: AnyEvent, context: EventContext): Promise<void> {
    const answer: unknown = await handler(event, context);
    if (isStream(answer)) await lastValueFrom(answer, { defaultValue: undefined }).catch(demandOriginal);
  }
}

/** Nest's own filter turns what a handler throws into a plain object, and with it goes every hint how to treat it. */
function demandOriginal(error: unknown): never {
  if (error instanceof Error) throw error;
  throw new Error('Nest hid what the handler threw: connect with connectKafka, or use the filter OriginalErrors', {
    cause: error,
  });
}

type Stream = Parameters<typeof lastValueFrom>[0];
const isStream = (answer: unknown): answer is Stream =>
  typeof (answer as { subscribe?: unknown } | undefined)?.subscribe === 'function';
