import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { batcher } from './batcher.js';
import { consume, type Message, ready, serve, setting, startHop, statement } from './service.js';

type Session = { readonly id: string; readonly status: string; readonly sessionData: string | null };
type Asked = Message & { readonly idempotencyKey: string };

const keys = createLocalJWKSet(JSON.parse(readFileSync(setting('CHECKOUT_JWKS_FILE'), 'utf8')) as JSONWebKeySet);
const tokenRules = { algorithms: ['ES256'], audience: 'kasir', requiredClaims: ['exp', 'order'] };

/** Claims the key of a request by making its session. */
const claim = await startHop<Asked>({
  tables: `create table if not exists sessions (id text primary key, order_id text not null, idempotency_key text not null,
    status text not null default 'requested', session_data text, unique (order_id, idempotency_key))`,
  columns: ', "idempotencyKey" text',
  write: `insert into sessions (id, order_id, idempotency_key) select id, key, "idempotencyKey" from items
    on conflict do nothing returning id`,
  ...{ topic: 'session-requests.v1', type: 'PaymentSessionRequested' },
});
const find = statement<Session>(`select id, status, session_data "sessionData" from sessions
  where order_id = $1::jsonb ->> 'key' and idempotency_key = $1::jsonb ->> 'idempotencyKey'`);
const finish = statement(`update sessions set status = f.status, session_data = f."sessionData"
  from jsonb_to_recordset($1) as f (id text, status text, "sessionData" text)
  where sessions.id = f.id and sessions.status = 'requested'`);

const waiting = new Map<string, Set<(session: Session) => void>>();
const answerTo = (id: string): Promise<Session> =>
  new Promise((resolve) => {
    const all = waiting.get(id) ?? new Set();
    waiting.set(id, all.add(resolve));
    setTimeout(() => (waiting.delete(id), resolve({ id, status: 'requested', sessionData: null })), 60_000).unref();
  });

async function sessionOf(asked: Asked): Promise<Session> {
  const answer = answerTo(asked.id);
  if (await claim(asked)) return answer;
  const earlier = (await find(asked))[0]!;
  const itsAnswer = answerTo(earlier.id);
  const now = (await find(asked))[0]!;
  return now.status === 'requested' ? itsAnswer : now;
}

const tell = batcher(async (sessions: Session[]) => {
  await finish(sessions);
  for (const session of sessions) for (const resolve of waiting.get(session.id) ?? []) resolve(session);
  return sessions.map(({ id }) => waiting.delete(id));
});
await consume('gateway', 'payment-sessions.v1', tell);
await serve('PORT', async (request: IncomingMessage) => {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const verified = await jwtVerify<{ order: { id: string } }>(token, keys, tokenRules).catch(() => undefined);
  if (verified === undefined) return [401, '{}'];
  const { order } = verified.payload;
  const idempotencyKey = String(request.headers['idempotency-key'] ?? '');
  const { bankChoice, terminal } = (await json(request)) as { bankChoice?: object; terminal?: object };
  if (idempotencyKey === '' || bankChoice === undefined || terminal === undefined) return [400, '{}'];
  const id = `ps_${randomUUID()}`;
  const value = JSON.stringify({ id, order, bankChoice, terminal });
  const session = await sessionOf({ id, key: order.id, idempotencyKey, value });
  const status = { requested: 202, created: 201 }[session.status] ?? 422;
  return [status, JSON.stringify({ ...session, paymentSessionId: session.id, orderId: order.id })];
});
await ready();
