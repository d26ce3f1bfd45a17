import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { payments } from '@kasir/contracts';
import { kafkajsBroker } from '../kafkajs/broker.js';
import {
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  type RawMessage,
  readTopic,
  sendRaw,
  testBrokers,
  until,
} from '../lab.specs.js';
import { countOfOwnNews, replies, tablesOfService, wave } from './story.specs.js';

const program = fileURLToPath(new URL('service.specs.ts', import.meta.url));
const sources = fileURLToPath(new URL('../../../../tools/run-source.mjs', import.meta.url));

interface Place {
  readonly database: LabDatabase;
  readonly prefix: string;
}

/** Who has not come to the point by then never will. */
const lifeMs = 180_000;

/** One life of the service. @returns how it ended */
function live({ database, prefix }: Place, crashAt?: string): { ended: Promise<string>; kill(): void } {
  const child = spawn(
    process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', '--conditions=kasir-source', `--import=${sources}`, program],
    {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        KAFKA_BROKERS: testBrokers().join(),
        TOPIC_PREFIX: prefix,
        KASIR_CRASH_AT: crashAt,
      },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const ended = once(child, 'close').then(([code, signal]) => String(signal ?? `${String(code)}: ${complaint}`));
  const tooLate = setTimeout(() => child.kill('SIGTERM'), lifeMs);
  void ended.then(() => clearTimeout(tooLate));
  return { ended, kill: () => child.kill('SIGKILL') };
}

export interface Aftermath {
  /** How each of the lives that were to end at the crash point did end. */
  readonly deaths: readonly string[];
  readonly effects: Record<string, number[]>;
  /** The sequences of the service's news on its topic by order, each where it came first. */
  readonly heard: Record<string, number[]>;
  readonly idsHeard: ReadonlySet<string>;
  readonly idsSaid: ReadonlySet<string>;
  readonly left: unknown;
}

/** Lets a service die at a point, and again while it recovers if asked; then lets it finish, and looks at what is there. */
export async function dieAndRecover(crashes: readonly string[]): Promise<Aftermath> {
  const [database, prefix] = await Promise.all([freshDatabase(tablesOfService), freshTopics([payments, replies])]);
  const place = { database, prefix };
  const send = (number: number) => sendRaw(prefix + payments.name, wave(number));
  try {
    await send(0);
    const deaths: string[] = [];
    for (const [index, crash] of crashes.entries()) {
      deaths.push(await live(place, crash).ended);
      await send(index + 1);
    }
    const last = live(place);
    try {
      await Promise.race([untilDone(place), last.ended.then(complain)]);
    } finally {
      last.kill();
      await last.ended;
    }
    return { deaths, ...(await lookAt(place)) };
  } finally {
    await database.drop();
  }
}

const complain = (how: string): never => {
  throw new Error(`the service ended by itself: ${how}`);
};

/** A producer that got no answer in time sends its wave again: the copies of what is dead or waits do not count. */
const state = `
  select (select count(*)::int from outbox) as outbox,
         (select count(*)::int from outbox_dead) as unsendable,
         (select count(*)::int from dead_letters) as letters,
         (select count(distinct headers ->> 'ce_id')::int from waiting_messages as waiting
          where not exists (select from dead_letters where headers ->> 'ce_id' = waiting.headers ->> 'ce_id')) as waiting`;

/** Waits until nothing moves any more: every message is committed to the broker and nothing waits in the outbox. */
async function untilDone({ database, prefix }: Place): Promise<void> {
  const broker = kafkajsBroker({ brokers: testBrokers(), clientId: 'lab', topicPrefix: prefix, log: memoryLog() });
  const look = async () => {
    const lags = await broker.lag(`${prefix}order`, [payments.name]).catch(() => []);
    const spoken = await database.query('select id from spoken');
    const [counts] = await database.query<{ outbox: number }>(state);
    return { left: lags.map(({ committed, end }) => Number(end - committed)), spoken: spoken.length, ...counts };
  };
  await until(
    'the service is done',
    look,
    ({ left, outbox, spoken }) =>
      left.length > 0 && left.every((count) => count === 0) && outbox === 0 && spoken === countOfOwnNews,
    180_000,
    200,
  ).finally(() => broker.close());
}

async function lookAt({ database, prefix }: Place): Promise<Omit<Aftermath, 'deaths'>> {
  const effects = await database.query<{ order_id: string; sequences: number[] }>(
    'select order_id, array_agg(sequence order by position) as sequences from effects group by order_id',
  );
  const said = await database.query<{ id: string }>('select event_id::text as id from said');
  const [left] = await database.query(state);
  const idsSaid = new Set(said.map(({ id }) => id));
  const messages = await readTopic(prefix + replies.name);
  return {
    effects: Object.fromEntries(effects.map(({ order_id, sequences }) => [order_id, sequences])),
    heard: sequencesByKey(messages),
    idsHeard: idsOf(messages),
    idsSaid,
    left,
  };
}

const idsOf = (messages: readonly RawMessage[]): Set<string> =>
  new Set(messages.map(({ headers }) => headers['ce_id'] ?? ''));

function sequencesByKey(messages: readonly RawMessage[]): Record<string, number[]> {
  const byKey = Object.groupBy(messages, ({ key }) => key ?? '');
  return Object.fromEntries(
    Object.entries(byKey).map(([key, ofKey = []]) => [
      key,
      [...new Set(ofKey.map(({ headers }) => Number(headers['ce_sequence'])))],
    ]),
  );
}
