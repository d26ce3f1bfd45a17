/** The least that a payment can cost a Node process: one verification, two signatures, an answer, a notification. Nothing is remembered. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';

const merchantKey = createPublicKey(process.env.MERCHANT_PUBLIC_KEY);
const antomKey = createPrivateKey(process.env.ANTOM_PRIVATE_KEY);
const clientId = process.env.CLIENT_ID;
const agent = new Agent({ keepAlive: true });
const payAfterMs = 20;

const signed = (path, time, body) =>
  encodeURIComponent(
    sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), antomKey).toString('base64'),
  );

function headersOf(path, timeHeader, body) {
  const time = new Date().toISOString();
  return {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    'client-id': clientId,
    [timeHeader]: time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signed(path, time, body)}`,
  };
}

function notify({ paymentRequestId, paymentAmount, paymentNotifyUrl }) {
  const result = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };
  const body = JSON.stringify({ notifyType: 'PAYMENT_RESULT', result, paymentRequestId, paymentAmount });
  const { hostname, port, pathname: path } = new URL(paymentNotifyUrl);
  const headers = headersOf(path, 'request-time', body);
  request({ hostname, port, path, method: 'POST', headers, agent }, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (part) => (text += part)).on('end', () => JSON.parse(text));
  }).end(body);
}

createServer({ keepAliveTimeout: 60_000 }, (incoming, answer) => {
  const parts = [];
  incoming.on('data', (part) => parts.push(part));
  incoming.on('end', () => {
    if (incoming.method === 'GET') return answer.end('{"ok":true}');
    const bytes = Buffer.concat(parts);
    const { headers, url } = incoming;
    const begin = `POST ${url}\n${clientId}.${headers['request-time']}.`;
    const signature = Buffer.from(decodeURIComponent(headers.signature.split('signature=')[1]), 'base64');
    if (!verify('sha256', Buffer.concat([Buffer.from(begin), bytes]), merchantKey, signature)) return answer.destroy();
    const wish = JSON.parse(bytes.toString());
    const body = JSON.stringify({ result: { resultStatus: 'S' }, paymentSessionData: 'x'.repeat(500) });
    answer.writeHead(200, headersOf(url, 'response-time', body)).end(body);
    setTimeout(() => notify(wish), payAfterMs);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
