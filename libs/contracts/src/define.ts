import { type z } from 'zod';
import { tolerant } from './tolerant.js';

export type ServiceName = 'gateway' | 'payment-session' | 'notification' | 'order';
export type ReaderName = ServiceName | 'fulfilment';

/** One kind of news. A breaking change is a new topic, so an event has no version of its own. */
export interface EventContract<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  /** What a reader relies on; fields it does not know are dropped, at every depth. */
  readonly data: Data;
}

export interface TopicContract<Events extends readonly EventContract[] = readonly EventContract[]> {
  readonly name: string;
  /** The field of every event's data that keys the message: its values keep their order. */
  readonly key: 'orderId';
  readonly partitions: number;
  readonly retention: 'for ever' | { readonly days: number };
  /** One producer per topic; news from anybody else is not believed. */
  readonly producer: ServiceName;
  readonly readers: readonly ReaderName[];
  readonly events: Events;
}

/** The envelope that every event wears on the wire: CloudEvents 1.0 attributes plus ours. */
export interface Envelope {
  /** Derived from its cause, so that doing the work again says the same thing. */
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  /** ISO 8601, UTC */
  readonly time: string;
  /** Counts without gaps per order and producer. It reports losses; it never decides. */
  readonly sequence: number;
  /** The id of the event or request that led to this one. */
  readonly causationId?: string;
  readonly traceparent?: string;
}

type EventOfContract<Contract> =
  Contract extends EventContract<infer Type, infer Data>
    ? Envelope & { readonly type: Type; readonly data: Readonly<z.infer<Data>> }
    : never;

/** Every event of a topic as a union that its `type` tells apart. */
export type EventOf<Topic extends TopicContract> = EventOfContract<Topic['events'][number]>;

/** What one type of event says. */
export type DataOf<
  Event extends { readonly type: string; readonly data: unknown },
  Type extends Event['type'],
> = Extract<Event, { readonly type: Type }>['data'];

export type AnyEvent = Envelope & { readonly type: string; readonly data: { readonly orderId: string } };

/** @throws Error for data that no JSON Schema can print */
export const defineEvent = <const Type extends string, Data extends z.ZodType>(
  type: Type,
  data: Data,
): EventContract<Type, Data> => ({ type, data: tolerant(data) });

/**
 * The partitions of a topic where a deployment says no other number; as many instances of a service can share the work. Every fetch
 * names each partition, so that more of them than instances cost and bring nothing.
 */
const defaultPartitions = 3;

export const defineTopic = <const Events extends readonly EventContract[]>(
  topic: Omit<TopicContract<Events>, 'key' | 'partitions'>,
): TopicContract<Events> => ({ key: 'orderId', partitions: defaultPartitions, ...topic });
