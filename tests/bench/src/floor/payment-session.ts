import { readFileSync } from 'node:fs';
import * as antom from '@kasir/antom';
import { Pool } from 'undici';
import { batcher, persistently } from './batcher.js';
import { consume, type Message, ready, setting, startHop, statement } from './service.js';

type Order = { readonly id: string; readonly amount: object; readonly description: string };
type Bank = { readonly bankName?: string; readonly category?: string };
type Terminal = { readonly type: string; readonly os?: string };
type Requested = { id: string; order: Order; bankChoice: Bank; terminal: Terminal };
/** The request is sent with the same bytes as often as it takes. */
type Attempt = { readonly id: string; readonly key: string; readonly request: string };

const clientId = setting('ANTOM_CLIENT_ID');
const privateKey = antom.parsePrivateKey(readFileSync(setting('ANTOM_MERCHANT_PRIVATE_KEY_FILE'), 'utf8'));
const publicKeys = antom.parsePublicKeys(readFileSync(setting('ANTOM_PUBLIC_KEYS_FILE'), 'utf8'));
const call = { method: 'POST', path: antom.wirePath(antom.createPaymentSessionPath, clientId) } as const;
const pool = new Pool(setting('ANTOM_BASE_URL'), { connections: 32, headersTimeout: 15_000, bodyTimeout: 15_000 });

const end = await startHop<Message>({
  tables:
    'create table if not exists attempts (id text primary key, key text not null, request text not null, answer text)',
  write: `update attempts set answer = items.value from items where attempts.id = items.id and answer is null
    returning attempts.id`,
  ...{ topic: 'payment-sessions.v1', type: 'PaymentSessionAnswered' },
});
const begin = statement<Attempt>(`insert into attempts (id, key, request)
  select * from jsonb_to_recordset($1) as a (id text, key text, request text) on conflict do nothing returning id, key, request`);
const begun = statement<Attempt>(`select id, key, request from attempts where answer is null and $1 <> ''`);

function attemptOf({ id, order, bankChoice: { bankName, category }, terminal }: Requested): Attempt {
  const paymentMethodMetaData = JSON.stringify({ bankName, paymentMethodCategory: category });
  const request = {
    ...{ productCode: 'CASHIER_PAYMENT', paymentRequestId: id, paymentAmount: order.amount },
    order: { referenceOrderId: order.id, orderDescription: order.description, orderAmount: order.amount },
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData },
    ...{ paymentRedirectUrl: 'http://localhost/thank-you', paymentNotifyUrl: setting('ANTOM_NOTIFY_URL') },
    settlementStrategy: { settlementCurrency: 'USD' },
    env: { terminalType: terminal.type, osType: terminal.os, clientIp: '127.0.0.1' },
    metadata: JSON.stringify({ orderId: order.id }),
  };
  return { id, key: order.id, request: JSON.stringify(request) };
}

/** @throws where Antom has decided nothing */
async function answerTo({ id, key, request: body }: Attempt): Promise<Message> {
  const time = String(Date.now());
  const signature = antom.signedHeader({ ...call, clientId, time, body }, privateKey);
  const headers = { 'content-type': 'application/json', 'client-id': clientId, 'request-time': time, signature };
  const answer = await pool.request({ ...call, body, headers });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const signed = { ...call, clientId, time: String(answer.headers['response-time']), body: bytes };
  const { kind } = antom.verifySignature(signed, String(answer.headers['signature']), publicKeys);
  const { result, paymentSessionData: sessionData = null } = JSON.parse(String(bytes));
  const status = { S: 'created', F: 'rejected' }[result.resultStatus as string];
  if (kind === 'invalid' || status === undefined) throw new Error(`Antom's answer is ${kind}: ${result.resultCode}`);
  return { id, key, value: JSON.stringify({ id, status, sessionData }) };
}

/** Not awaited by the consumer: what a crash cuts off is begun, and asked for at the next start. */
async function ask(attempt: Attempt): Promise<void> {
  const answer = await persistently(() => answerTo(attempt));
  await persistently(() => end(answer));
}

const take = batcher(async (requests: Requested[]) => {
  for (const attempt of await begin(requests.map(attemptOf))) void ask(attempt);
  return requests;
});
for (const attempt of await begun('all')) void ask(attempt);
await consume('payment-session', 'session-requests.v1', take);
await ready();
