import { join } from 'node:path';
import { topics } from '@kasir/contracts';
import { applyTopics } from '@kasir/local-stack';
import { root } from '../../bootstrap/project-root.mjs';
import { freePort, node, ready, stopped } from '../processes.mjs';
import { onServer } from '../servers.mjs';
import { clientId, idOf } from './signed.mjs';

const script = (name) => join(root, 'apps', 'notification', 'dist', 'src', name);
const pem = (key, type) => key.export({ type, format: 'pem' }).toString();

/** The service as it runs in production, with a database and topics of its own. */
export async function startEar({ brokers, url, prefix }, { merchant, antom, antomUrl }) {
  const [port, adminPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: prefix,
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    ANTOM_BASE_URL: antomUrl,
    ANTOM_CLIENT_ID: clientId,
    ANTOM_MERCHANT_PRIVATE_KEY: pem(merchant.privateKey, 'pkcs8'),
    ANTOM_PUBLIC_KEYS: pem(antom.publicKey, 'spki'),
  };
  await applyTopics(
    brokers,
    topics.map(({ name, partitions }) => ({ name: prefix + name, partitions })),
  );
  await ended(node(script('migrate.js'), [], env));
  const ear = node(script('main.js'), [], env);
  await ready(`http://127.0.0.1:${adminPort}/ready`);
  return { port, pid: ear.pid, stop: () => stopped(ear) };
}

export async function startFloor(publicKey, url) {
  const port = await freePort();
  await onServer(url, 'create table kept (headers jsonb, body bytea)');
  const floor = node(
    join(root, 'tools', 'bench', 'webhooks', 'floor.mjs'),
    [JSON.stringify({ clientId, publicKey: pem(publicKey, 'spki'), url })],
    { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port) },
  );
  await ready(`http://127.0.0.1:${port}/`);
  return { port, stop: () => stopped(floor) };
}

/** Attempts that were announced; their first question is due evenly over some seconds. */
export const announce = (url, run, count, { dueInSeconds, overSeconds }) =>
  onServer(
    url,
    `insert into payments (payment_request_id, status, watch, due_at)
     select $1 || n, 'watched', $5::jsonb || jsonb_build_object('orderId', 'order-' || $1 || n),
       now() + $3 * interval '1 second' + n * interval '1 second' * $4 / $2
     from generate_series(0, $2::int - 1) n`,
    [idOf(run, ''), count, dueInSeconds, overSeconds, JSON.stringify(watch)],
  );

const amount = { value: '16000', currency: 'THB' };
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

const watch = {
  amount,
  order: { amount, description: 'Two bags of coffee', expiresAt: inDays(1) },
  sessionExpiresAt: inDays(1),
  endsAt: inDays(2),
  announcedBy: { id: '019c0a3e-0000-7000-8000-000000000000' },
};

const ended = (child) =>
  new Promise((resolve, reject) =>
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the migration ended with ${code}`)))),
  );
