import { randomUUID } from 'node:crypto';
import { type ReaderName, type TopicContract, topics as allTopics } from '@kasir/contracts';
import { type Broker } from '../../broker.js';
import { recordOf } from '../../consumer/records.js';
import { type AnySubscription } from '../../consumer/subscription.js';
import { type Database, type Tx } from '../../database.js';
import { readEvent } from '../../events/reading.js';
import { type BrokerAddress, kafkajsBroker } from '../../kafkajs/broker.js';
import { type Log } from '../../log.js';
import { copyTopics } from './copying.js';
import { ownEvents } from './own-event.js';
import { type ReplayReport } from './report.js';
import { retell } from './retell.js';
import { createShelf, dropShelf, keysOn, recordsOf } from './shelf.js';
import { Story } from './story.js';
import { Tally } from './tally.js';
import { type ReadBack } from './turn.js';

export interface ReplayOptions {
  readonly service: ReaderName;
  /** With the service's tables, all of them empty. */
  readonly database: Database;
  readonly brokers: BrokerAddress;
  readonly topicPrefix?: string;
  readonly subscriptions: readonly AnySubscription[];
  /** By the types of the service's own events: how to apply what no message made it say, but the clock, a person or an answer. */
  readonly readBack?: ReadBack;
  /** Sets the clock of everything that the subscriptions do: it stands still while one message is applied. */
  readonly setClock: (at: Date) => void;
  readonly log: Log;
}

/**
 * Fills a service's tables from the topics it hears, from their beginning to where they end now, and compares what it says meanwhile
 * with what it said then; nothing is sent, and the running service notices nothing. The same topics give the same rows.
 * @throws Error where a message fails for a reason that may pass, and where the broker or the database is lost
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { service, database, topicPrefix = '', log } = options;
  const group = `${topicPrefix}${service}`;
  const broker = kafkajsBroker({ ...options.brokers, clientId: `${group}.replay`, topicPrefix, log });
  try {
    await database.transaction((tx) => tx.query(createShelf));
    const { read, behind } = await layOut(options, broker, group);
    log.info({ read }, 'the topics are read and are applied now');
    const tally = new Tally();
    await retellAll(options, tally);
    await database.transaction((tx) => tx.query(dropShelf));
    return reportOf(tally, { read, behind, rows: await database.transaction(countRows) });
  } finally {
    await broker.close();
  }
}

/** What the service heard, then what it said: so that what it says meanwhile of the last messages is there, too. */
async function layOut(
  { service, subscriptions, database }: ReplayOptions,
  broker: Broker,
  group: string,
): Promise<{ read: number; behind: number }> {
  const heard = subscriptions.map(({ topic }) => topic.name);
  const lags = await broker.lag(group, heard);
  const behind = lags.reduce((sum, { committed, end }) => sum + Number(end - committed), 0);
  const copy = (topics: readonly string[]) =>
    copyTopics({ broker, group: `${group}.replay.${randomUUID()}`, topics, database });
  const read = await copy(heard);
  const said = saidBy(service).map(({ name }) => name);
  if (said.length > 0) await copy(said);
  return { read, behind };
}

const saidBy = (service: ReaderName): TopicContract[] => allTopics.filter(({ producer }) => producer === service);

async function retellAll(options: ReplayOptions, tally: Tally): Promise<void> {
  const { service, database, readBack = {}, setClock } = options;
  const teller = { consumer: service, readBack, setClock, tally };
  const shelf: Tx = { query: (sql, params) => database.transaction((tx) => tx.query(sql, params)) };
  for await (const key of keysOn(shelf))
    await database.transaction(async (tx) => retell(tx, await storyOf(tx, key, options), teller));
}

async function storyOf(
  tx: Tx,
  key: Buffer | null,
  { service, subscriptions, readBack = {} }: ReplayOptions,
): Promise<Story> {
  const records = await recordsOf(tx, key);
  const topics = subscriptions.map((subscription) =>
    records
      .filter(({ topic }) => topic === subscription.topic.name)
      .map((record) => ({ record, reading: readEvent(subscription.topic, recordOf(record)), subscription })),
  );
  const canReadBack = (type: string): boolean => Object.hasOwn(readBack, type);
  return new Story({ topics, own: ownEvents(saidBy(service), records), canReadBack });
}

async function countRows(tx: Tx): Promise<Record<string, number>> {
  const tables = await tx.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await tx.query<{ rows: number }>(`select count(*)::int as rows from "${name.replaceAll('"', '""')}"`);
    counts[name] = row?.rows ?? 0;
  }
  return counts;
}

const reportOf = (tally: Tally, rest: Pick<ReplayReport, 'read' | 'behind' | 'rows'>): ReplayReport => ({
  ...rest,
  applied: tally.applied,
  repeated: tally.repeated,
  passedOver: tally.passedOver,
  deadLetters: tally.dead,
  waiting: tally.waiting,
  outgoing: { ...tally.outgoing },
  differences: tally.differences,
});
