import { type Simulator } from '@kasir/antom-sim';
import { type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Bus, eventually, testBrokers } from '@kasir/testing';
import { leaseMs } from '@kasir/payment-session/due-work';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { patientSource } from './patient-source.js';

interface Watched {
  readonly antom: Simulator;
  /** It has heard everything, too, before it is quiet. */
  readonly bus: Bus;
  readonly prefix: string;
  /** Consumer groups with the topics that they read. */
  readonly readers: Readonly<Record<string, readonly TopicContract[]>>;
  readonly databaseUrls: readonly string[];
  readonly clock: Clock;
}

/** Knows when nobody has anything left to do at the present moment of the clock. */
export interface Quiet {
  /** Resolves when every notification is delivered, every outbox empty, and every message applied. */
  come(): Promise<void>;
  close(): Promise<void>;
}

/** Asks a database. */
type Ask = (sql: string, params?: unknown[]) => Promise<Record<string, string>[]>;

const patienceMs = 30_000;

export async function watchForQuiet({ antom, bus, prefix, readers, databaseUrls, clock }: Watched): Promise<Quiet> {
  const kafka = new Kafka({ clientId: 'story-quiet', brokers: testBrokers(), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  // It looks hundreds of times; connecting anew for each look took longer than everything else that happens.
  const databases = await Promise.all(databaseUrls.map((url) => patientSource(url, [], 'story-quiet').initialize()));
  const asks = databases.map(
    (database): Ask =>
      (sql, params) =>
        database.query(sql, params),
  );
  const jobs = await Promise.all(asks.map(jobsOf));
  const read = [...new Set(Object.values(readers).flat())];
  const look = async () => {
    await antom.idle();
    await Promise.all(asks.map((ask, index) => requireIdle(ask, jobs[index] ?? [], clock.now())));
    const ends = await endsOf(admin, prefix, read);
    await Promise.all(
      Object.entries(readers).map(([group, topics]) => requireRead(admin, prefix, group, topics, ends)),
    );
    for (const topic of read) requireHeard(bus, topic, ends.get(topic.name) ?? []);
    return [antom.journal().length, ...[...ends.values()].flat()].join();
  };
  return {
    async come() {
      let before = '';
      await eventually(async () => {
        const now = await look();
        const calm = now === before;
        before = now;
        if (!calm) throw new Error('something was said a moment ago');
      }, patienceMs);
    },
    async close() {
      await Promise.all([admin.disconnect(), ...databases.map((database) => database.destroy())]);
    },
  };
}

/** Questions for work that is due, or under way: every column of a lease stands beside the moment at which its work is due. */
async function jobsOf(ask: Ask): Promise<readonly string[]> {
  const columns = await ask(
    `select moment.table_name, moment.column_name from information_schema.columns moment
     join information_schema.columns lease using (table_schema, table_name)
     where moment.table_schema = 'public' and (moment.column_name, lease.column_name) in (
       ('due_at', 'lease_version'), ('next_try_at', 'lease_version'), ('cancel_due_at', 'cancel_lease_version'))`,
  );
  return columns.map(({ table_name: table = '', column_name: moment = '' }) => {
    const isUnderWay = moment === 'due_at' ? '' : ` or ${moment} - $1::timestamptz in (${leases.join()})`;
    return `select 1 from ${table} where ${moment} <= $1::timestamptz${isUnderWay}`;
  });
}

/** payment-session takes up work by moving it on by a lease; notification leaves its moment as it is. */
const leases = [leaseMs(1), leaseMs(2)].map((ms) => `interval '${ms} ms'`);

async function requireIdle(ask: Ask, jobs: readonly string[], now: Date): Promise<void> {
  const [said] = await ask('select 1 from outbox limit 1');
  if (said !== undefined) throw new Error('an outbox is not empty');
  if (jobs.length === 0) return;
  const [due] = await ask(`${jobs.join(' union all ')} limit 1`, [now]);
  if (due !== undefined) throw new Error('something is due');
}

async function endsOf(admin: Admin, prefix: string, topics: readonly TopicContract[]): Promise<Map<string, number[]>> {
  const read = async ({ name }: TopicContract) => {
    const partitions = await admin.fetchTopicOffsets(prefix + name);
    return [name, partitions.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high))] as const;
  };
  return new Map(await Promise.all(topics.map(read)));
}

function requireHeard(bus: Bus, topic: TopicContract, ends: readonly number[]): void {
  const said = ends.reduce((sum, end) => sum + end, 0);
  if (bus.heard(topic).length < said) throw new Error(`the bus has not heard all of ${topic.name}`);
}

async function requireRead(
  admin: Admin,
  prefix: string,
  group: string,
  topics: readonly TopicContract[],
  ends: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  const groupId = prefix + group;
  const read = await admin.fetchOffsets({ groupId, topics: topics.map(({ name }) => prefix + name) });
  for (const { topic, partitions } of read)
    for (const { partition, offset } of partitions)
      if (Math.max(Number(offset), 0) < (ends.get(topic.slice(prefix.length))?.[partition] ?? 0))
        throw new Error(`${group} has not read all of ${topic}`);
}
