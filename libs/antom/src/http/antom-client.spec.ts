import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, signedHeader, verifySignature } from '../signatures/index.js';
import { AntomClient, type AntomClientOptions } from './antom-client.js';

const merchant = vector('request-createPaymentSession-sandbox-ascii-compact');
const antom = vector('response-createPaymentSession-success');
const antomKey = parsePrivateKey(antom.privateKeyPem);
const responseTime = '2026-01-01T08:00:01+08:00';
const request = { path: '/ams/api/v1/payments/createPaymentSession', body: merchant.body };

interface Heard {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
type Script = (response: ServerResponse, heard: Heard) => void;

let server: Server;
let script: Script;
let heard: Heard[];
let clients: AntomClient[];

beforeEach(async () => {
  heard = [];
  clients = [];
  server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const one = { path: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(parts) };
      heard.push(one);
      script(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await Promise.all([new Promise((resolve) => server.close(resolve)), ...clients.map((client) => client.close(0))]);
});

const client = (options: Partial<AntomClientOptions> = {}): AntomClient => {
  const made = new AntomClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: merchant.clientId,
    privateKey: parsePrivateKey(merchant.privateKeyPem),
    publicKeys: [parsePublicKey(antom.publicKeyPem)],
    clock: { now: () => new Date(Number(merchant.requestTime)) },
    ...options,
  });
  clients.push(made);
  return made;
};

const result = (resultStatus: string, resultCode: string) =>
  JSON.stringify({ result: { resultStatus, resultCode, resultMessage: 'm' }, paymentSessionData: 'x', newField: 1 });

const signedAnswer =
  (body: string, path = antom.path, sent: string | Buffer = body): Script =>
  (response) => {
    const message = { method: 'POST', path, clientId: merchant.clientId, time: responseTime, body };
    response.setHeader('client-id', merchant.clientId);
    response.setHeader('response-time', responseTime);
    response.setHeader('signature', signedHeader(message, antomKey, '2'));
    response.end(sent);
  };
const plain =
  (body: string, status = 200, headers: Record<string, string> = {}): Script =>
  (response) =>
    response.writeHead(status, headers).end(body);

describe('a call to Antom', () => {
  it('is sent as the official SDKs send it: sandbox path, time in milliseconds, exact bytes', async () => {
    script = plain(result('F', 'SIGNATURE_INVALID'));
    await client().send(request);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.path).toBe(merchant.path);
    expect(heard[0]?.body.toString()).toBe(merchant.body);
    expect(heard[0]?.headers).toMatchObject({
      'client-id': merchant.clientId,
      'request-time': merchant.requestTime,
      'content-type': 'application/json; charset=UTF-8',
      signature: merchant.signatureHeader,
    });
  });

  it('goes to the production path for a production client', async () => {
    script = plain(result('F', 'SIGNATURE_INVALID'));
    await client({ clientId: 'TEST_5X00000000000000' }).send(request);
    expect(heard[0]?.path).toBe('/ams/api/v1/payments/createPaymentSession');
    const { path, headers, body } = heard[0]!;
    const message = { method: 'POST', path, clientId: 'TEST_5X00000000000000', time: merchant.requestTime, body };
    expect(verifySignature(message, String(headers['signature']), [parsePublicKey(merchant.publicKeyPem)]).kind).toBe(
      'valid',
    );
  });

  it('sends Thai letters and emoji as they were signed', async () => {
    const utf8 = vector('request-createPaymentSession-prod-utf8-emoji');
    script = plain(result('F', 'SIGNATURE_INVALID'));
    const clock = { now: () => new Date(Number(utf8.requestTime)) };
    await client({ clientId: utf8.clientId, clock }).send({ path: request.path, body: utf8.body });
    expect(heard[0]?.headers['signature']).toBe(utf8.signatureHeader);
    expect(heard[0]?.body.toString()).toBe(utf8.body);
  });

  it.each(['S', 'F', 'U'])('is answered by a signed %s, with fields that nobody knows kept', async (status) => {
    script = signedAnswer(result(status, 'CODE'));
    expect(await client().send(request)).toMatchObject({
      kind: 'answered',
      result: { status, code: 'CODE', message: 'm' },
      body: { paymentSessionData: 'x', newField: 1 },
    });
  });

  it('takes an unknown result letter for U', async () => {
    script = signedAnswer(result('A', 'ACCEPTED'));
    expect(await client().send(request)).toMatchObject({ kind: 'answered', result: { status: 'U', code: 'ACCEPTED' } });
  });

  it('hears an unsigned F and U, but does not believe them', async () => {
    script = plain(result('F', 'SIGNATURE_INVALID'));
    expect(await client().send(request)).toMatchObject({
      kind: 'unverified',
      result: { status: 'F', code: 'SIGNATURE_INVALID' },
    });
    script = plain(result('U', 'UNKNOWN_EXCEPTION'));
    expect(await client().send(request)).toMatchObject({ kind: 'unverified', result: { status: 'U' } });
  });

  it.each<[string, Script, string]>([
    ['an unsigned S', plain(result('S', 'SUCCESS')), 'unsigned success'],
    ['a signature without its time', plain(result('F', 'X'), 200, { signature: 'signature=AAAA' }), 'half signed'],
    ['a time without a signature', plain(result('F', 'X'), 200, { 'response-time': responseTime }), 'half signed'],
    ['a changed body', signedAnswer(result('F', 'X'), antom.path, result('S', 'X')), 'bad signature'],
    ['a refusal with a bad signature', signedAnswer(result('F', 'X'), antom.path, result('F', 'Y')), 'bad signature'],
    [
      'the answer to another call',
      signedAnswer(result('S', 'SUCCESS'), '/ams/sandbox/api/v1/payments/cancel'),
      'bad signature',
    ],
    ['HTTP 500', plain('oops', 500), 'http status'],
    ['HTTP 429', plain(result('F', 'REQUEST_TRAFFIC_EXCEED_LIMIT'), 429), 'http status'],
    ['a redirect', plain('', 302, { location: 'http://127.0.0.1:1/' }), 'http status'],
    ['HTML', plain('<html>'), 'unreadable'],
    ['nothing', plain(''), 'unreadable'],
    ['JSON without a result', plain('{"ok":true}'), 'unreadable'],
    ['bytes that are no UTF-8', (response) => response.end(Buffer.from([0x22, 0xff, 0x22])), 'unreadable'],
    ['an endless body', plain('x'.repeat(300 * 1024)), 'answer too long'],
    ['a broken line', (response) => response.socket?.destroy(), 'connection failed'],
  ])('is unknown after %s', async (_, answer, reason) => {
    script = answer;
    expect(await client().send(request)).toMatchObject({ kind: 'unknown', reason });
    expect(heard).toHaveLength(1);
  });

  it.each<[string, Script]>([
    ['silence', () => undefined],
    ['silence in the middle of the body', (response) => response.writeHead(200).write('{')],
    [
      'a body that drips',
      (response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('is unknown after %s, in bounded time', async (_, answer) => {
    script = answer;
    const timeouts = { headers: 1_000, body: 1_000, total: 2_000 };
    expect(await client({ timeouts }).send(request)).toMatchObject({ kind: 'unknown', reason: 'time-out' });
    expect(heard).toHaveLength(1);
  });

  it('is unknown when it is cut off because we stop', async () => {
    script = () => undefined;
    const stopping = client();
    const answer = stopping.send(request);
    await stopping.close(50);
    expect(await answer).toMatchObject({ kind: 'unknown', reason: 'connection failed' });
  });

  it('is unknown when nobody listens', async () => {
    const lonely = client({ baseUrl: 'http://127.0.0.1:1' });
    expect(await lonely.send(request)).toMatchObject({ kind: 'unknown', reason: 'connection failed' });
  });

  it.each([
    ['http://open-sea-global.alipay.com', 'TEST_5X', 'must be https'],
    ['https://open-sea-global.alipay.com/ams', 'TEST_5X', 'scheme and host only'],
    ['open-sea-global.alipay.com', 'TEST_5X', 'scheme and host only'],
  ])('is not sent at all to %s', (baseUrl, clientId, message) => {
    expect(() => client({ baseUrl, clientId })).toThrow(message);
  });
});
