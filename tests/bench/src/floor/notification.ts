import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { acknowledgement, failureAnswer, parsePublicKeys, verifySignature } from '@kasir/antom';
import { type Message, ready, serve, setting, startHop } from './service.js';

const clientId = setting('ANTOM_CLIENT_ID');
const publicKeys = parsePublicKeys(readFileSync(setting('ANTOM_PUBLIC_KEYS_FILE'), 'utf8'));
const store = await startHop<Message & { readonly body: string }>({
  tables: 'create table if not exists webhooks (id text primary key, body text not null)',
  columns: ', body text',
  write: 'insert into webhooks (id, body) select id, body from items on conflict do nothing returning id',
  ...{ topic: 'payments.v1', type: 'PaymentSucceeded' },
});

await serve('PORT', async (request) => {
  const body = await buffer(request);
  const [time, signature] = ['request-time', 'signature'].map((name) => String(request.headers[name]));
  const signed = { method: 'POST', path: String(request.url), clientId, time: time!, body };
  if (verifySignature(signed, signature, publicKeys).kind === 'invalid') return [200, failureAnswer];
  const { notifyType, result, paymentRequestId: paymentSessionId, paymentId, metadata } = JSON.parse(String(body));
  const { orderId } = JSON.parse(metadata);
  const paid = notifyType === 'PAYMENT_RESULT' && result.resultStatus === 'S';
  const value = paid ? JSON.stringify({ orderId, paymentSessionId, paymentId }) : null;
  await store({ id: `${paymentId} ${notifyType} ${result.resultStatus}`, key: orderId, value, body: String(body) });
  return [200, acknowledgement];
});
await ready();
