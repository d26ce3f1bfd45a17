import { isDeepStrictEqual } from 'node:util';
import { type EventContract, type ReaderName, type TopicContract } from '@kasir/contracts';
import { columns } from '../columns.js';
import { type Tx } from '../database.js';
import { eventId } from '../events/event-id.js';
import { writeHeaders } from '../events/headers.js';
import { explain } from '../events/reading.js';
import { gathered } from '../gathered.js';
import { shardOf } from './shards.js';

/** What led to a piece of news; an event that was heard fits. */
export interface CausedBy {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

type NewsOf<Contract> =
  Contract extends EventContract<infer Type, infer Data>
    ? {
        readonly type: Type;
        readonly data: Readonly<Data['_zod']['output']>;
        /** Together with source and type it makes the id: saying it again with the same identity is the same event. */
        readonly identity: string;
        readonly causedBy?: CausedBy | undefined;
        /** When it happened, by the business clock. */
        readonly at: Date;
      }
    : never;

/** Everything that may be said on a topic. */
export type News<Topic extends TopicContract> = NewsOf<Topic['events'][number]>;

export interface Outbox {
  /**
   * Writes an event into the transaction that makes it true; it is on its topic after the commit, or never.
   * @returns the event's id
   * @throws TypeError when the contract does not allow this service, this type or this data
   */
  say<Topic extends TopicContract>(tx: Tx, topic: Topic, news: News<Topic>): Promise<string>;
}

interface Row {
  readonly shard: number;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: object;
  readonly body: string;
  readonly at: Date;
}

// The counters' rows stay locked until commit, and positions are drawn after them: positions of a key are in commit order.
const insert = `
  with news as materialized (
    select * from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::timestamptz[])
      with ordinality as said (shard, event_id, topic, key, headers, body, said_at, place)
  ), counted as materialized (
    insert into event_sequences as counter (key, last) select key, count(*) from news group by key order by key
    on conflict (key) do update set last = counter.last + excluded.last
    returning key, last
  )
  insert into outbox (shard, event_id, topic, key, headers, body, said_at)
  select shard, event_id, topic, key, headers || jsonb_build_object('ce_sequence', (last - later)::text), body, said_at
  from (select *, count(*) over (partition by key order by place desc) - 1 as later from news) numbered
  join counted using (key) order by place`;

const writers = new WeakMap<Tx, (row: Row) => Promise<undefined>>();

/** Whether the transaction has written events, so that the relay has work once it is committed. */
export const publishedIn = (tx: Tx): boolean => writers.has(tx);

/** What is said at once in one transaction is written by one statement. */
function writerOf(tx: Tx): (row: Row) => Promise<undefined> {
  const writer =
    writers.get(tx) ??
    gathered(async (rows: readonly Row[]): Promise<undefined> => {
      await tx.query(insert, columns(rows, cellsOf));
    });
  writers.set(tx, writer);
  return writer;
}

const cellsOf = ({ shard, id, topic, key, headers, body, at }: Row): unknown[] => [
  shard,
  id,
  topic,
  key,
  JSON.stringify(headers),
  body,
  at,
];

/** @throws Error when the contract of a topic names another producer */
export function checkSaid(service: ReaderName, topics: readonly TopicContract[]): void {
  for (const { name, producer } of topics)
    if (producer !== service)
      throw new Error(
        `${service} is to say ${name}, which is ${producer}'s alone: let ${producer} say it, or make a topic of ${service}'s own in libs/contracts`,
      );
}

/** @param says every topic that may be said, where that is known before anything is said */
export const createOutbox = (service: ReaderName, says?: readonly TopicContract[]): Outbox => ({
  async say(tx, topic, news) {
    if (says?.some(({ name }) => name === topic.name) === false)
      throw new TypeError(`${service} did not declare that it says ${topic.name}: add it to what the service says`);
    const body = bodyOf(service, topic, news);
    const key = (news.data as { readonly orderId: string })[topic.key];
    const id = eventId({ source: service, type: news.type, identity: news.identity });
    const headers = writeHeaders(topic.name, news.type, {
      id,
      source: service,
      subject: key,
      time: news.at.toISOString(),
      ...(news.causedBy === undefined ? {} : { causationId: news.causedBy.id }),
      ...(news.causedBy?.traceparent === undefined ? {} : { traceparent: news.causedBy.traceparent }),
    });
    await writerOf(tx)({ shard: shardOf(key), id, topic: topic.name, key, headers, body, at: news.at });
    return id;
  },
});

function bodyOf(service: ReaderName, topic: TopicContract, { type, data }: { type: string; data: unknown }): string {
  if (topic.producer !== service)
    throw new TypeError(`${service} may not say ${type}: ${topic.name} is ${topic.producer}'s`);
  const contract = topic.events.find((event) => event.type === type);
  if (contract === undefined) throw new TypeError(`${topic.name} has no event ${type}`);

  const body = JSON.stringify(data);
  const onTheWire: unknown = JSON.parse(body);
  const parsed = contract.data.safeParse(onTheWire);
  if (!parsed.success) throw new TypeError(`this is no ${type}: ${explain(parsed.error.issues)}`);
  // A reader tolerates unknown fields, a writer has none: what the contract does not name must not leak.
  if (!isDeepStrictEqual(parsed.data, onTheWire)) throw new TypeError(`${type} carries more than its contract says`);
  return body;
}
