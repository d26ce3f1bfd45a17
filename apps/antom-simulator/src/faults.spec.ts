import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  acknowledgement,
  AntomClient,
  type AntomTimeouts,
  buildCreatePaymentSession,
  freshnessOf,
  type FrozenRequest,
  type Notification,
  readNotification,
  readSessionAnswer,
} from '@kasir/antom';
import { type Simulator, startSimulator, VirtualTime } from '@kasir/antom-sim';

const clientId = 'SANDBOX_5X00000000000000';
const paymentRequestId = 'PAY_20230803165257496';
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const antomKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKeys = [antomKeys.publicKey];

/** Stands still unless a test moves it, so that no answer comes before its time. */
let time: VirtualTime;
let antom: Simulator;
let webhook: Server;
let heard: Notification[];
let clients: AntomClient[];

beforeEach(async () => {
  [heard, clients] = [[], []];
  webhook = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      heard.push(readNotification({ method, path, headers, rawBody: Buffer.concat(parts) }, { clientId, publicKeys }));
      response.setHeader('content-type', 'application/json').end(acknowledgement);
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  const { publicKey: merchantPublicKey } = merchant;
  const { privateKey: antomPrivateKey } = antomKeys;
  antom = await startSimulator({ clientId, merchantPublicKey, antomPrivateKey, clock: time, timer: time });
});

afterEach(async () => {
  await Promise.all([antom.stop(), ...clients.map((client) => client.close(0))]);
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
});

function aClient(timeouts: Partial<AntomTimeouts> = {}): AntomClient {
  const { privateKey } = merchant;
  const client = new AntomClient({ baseUrl: antom.url, clientId, privateKey, publicKeys, timeouts });
  clients.push(client);
  return client;
}

const request = (): FrozenRequest =>
  buildCreatePaymentSession({
    paymentRequestId,
    orderId: 'ORDER_20230803165257496',
    description: 'กาแฟเย็น',
    orderAmount: { value: '160', currency: 'THB' },
    amount: { value: '160', currency: 'THB' },
    bank: { bankName: 'Bangkok Bank' },
    terminal: { type: 'WEB' },
    clientIp: '203.0.113.7',
    redirectUrl: 'https://coffee.example/return',
    notifyUrl: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/webhooks/antom/payments`,
    settlementCurrency: 'USD',
    now: new Date(),
  });
const ask = async (client: AntomClient) => readSessionAnswer(await client.send(request()));

describe('an answer whose body comes too slowly', () => {
  it('leaves unknown what became of the call, and the same bytes find the session', async () => {
    antom.disturb({ fault: 'slow body' });
    const impatient = aClient({ body: 300, total: 60_000 });
    const answer = await ask(impatient);
    expect(answer).toMatchObject({ kind: 'unknown', reason: 'time-out', alarm: false });
    expect(answer).toMatchObject({ detail: expect.stringContaining('UND_ERR_BODY_TIMEOUT') as unknown });
    expect(await ask(aClient())).toMatchObject({ kind: 'created' });
    expect(antom.sessions()).toHaveLength(1);
  });

  it('is an answer like others for a client that waits longer', async () => {
    antom.disturb({ fault: 'slow body', delayMs: 0 });
    const answer = { came: false };
    const asked = ask(aClient()).finally(() => (answer.came = true));
    for (; !answer.came; await new Promise(setImmediate)) time.advance(0);
    expect(await asked).toMatchObject({ kind: 'created' });
  });
});

describe('a clock of Antom that is off', () => {
  it.each([-86_400, 86_400])('by %i seconds makes no answer to our own call worse', async (skewSeconds) => {
    antom.disturb({ fault: 'clock skew', skewSeconds });
    expect(await ask(aClient())).toMatchObject({ kind: 'created' });
  });

  it.each([
    [-900, 'fresh'],
    [-901, 'old'],
    [300, 'fresh'],
    [301, 'from the future'],
  ])('by %i seconds makes a notification no forgery, but %s', async (skewSeconds, kind) => {
    expect(await ask(aClient())).toMatchObject({ kind: 'created' });
    antom.disturb({ fault: 'clock skew', skewSeconds });
    antom.pay(paymentRequestId);
    await antom.idle();
    expect(heard).toMatchObject([{ kind: 'attempt', verdict: { kind: 'valid' }, news: { kind: 'succeeded' } }]);
    const { requestTime } = heard[0]!.verdict as { requestTime: string };
    expect(freshnessOf(requestTime, time.now())).toMatchObject({ kind, ageMs: -skewSeconds * 1000 });
  });
});
