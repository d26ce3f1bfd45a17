import { bearingLosses, bearLosses } from '@kasir/kernel';
import pg from 'pg';
import { payments } from '@kasir/contracts';
import { memoryLog, paymentSucceeded, pgDatabase } from '../lab.specs.js';
import { createMessaging } from '../messaging.js';
import { type Tx } from '../database.js';
import { Unprocessable } from '../unprocessable.js';
import { countOfOwnNews, replies } from './story.specs.js';

/** A small service as a process of its own: it answers what it hears, and says things by itself. */
const setting = (name: string): string => process.env[name] ?? '';
process.stdin.on('end', () => process.exit()).resume();

const pool = bearLosses(new pg.Pool({ ...bearingLosses, connectionString: setting('DATABASE_URL'), max: 10 }));
const messaging = createMessaging({
  service: 'order',
  database: pgDatabase(pool, setting('DATABASE_URL')),
  brokers: { brokers: setting('KAFKA_BROKERS').split(','), sessionTimeoutMs: 6_000 },
  topicPrefix: setting('TOPIC_PREFIX'),
  log: memoryLog(),
  onFatal: (error) => {
    throw error;
  },
});

/** What no broker takes: alone because of its size, or among its neighbours. */
const spoilt: Record<string, string> = {
  huge: `body = repeat('x', 1200000)`,
  'odd-': `headers = headers || '{"ce_odd": null}'`,
};
const answer = async (tx: Tx, orderId: string, identity: string): Promise<void> => {
  const id = await messaging.outbox.say(tx, replies, paymentSucceeded(orderId, identity));
  const spoil = identity.endsWith('more') ? undefined : spoilt[orderId.slice(0, 4)];
  if (spoil !== undefined) await tx.query(`update outbox set ${spoil} where event_id = $1`, [id]);
  else await tx.query('insert into said (event_id, order_id) values ($1, $2)', [id, orderId]);
};

const consumer = messaging.consumer([
  {
    topic: payments,
    async handle({ id, sequence, data: { orderId } }, { tx }) {
      if (orderId.startsWith('refused')) throw new Unprocessable('nobody wants this');
      await tx.query('insert into effects (order_id, sequence) values ($1, $2)', [orderId, sequence]);
      await answer(tx, orderId, id);
      // Beside the one that no broker takes, so that they are sent one by one.
      if (orderId.startsWith('odd-')) await answer(tx, orderId, `${id} and more`);
    },
  },
]);

messaging.relay.start();
const started = consumer.start();
for (let index = 0; index < countOfOwnNews; index += 1)
  await messaging.transaction(async (tx) => {
    const fresh = await tx.query('insert into spoken values ($1) on conflict do nothing returning id', [index]);
    if (fresh.length > 0) await answer(tx, `own-${index % 3}`, String(index));
  });
await started;
