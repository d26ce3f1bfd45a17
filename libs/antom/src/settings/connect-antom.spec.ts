import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { systemClock } from '@kasir/kernel';
import { vector } from '../fixtures/vectors.specs.js';
import { type GuardedAntom } from '../guard/guarded-antom.js';
import { parsePrivateKey, parsePublicKey } from '../signatures/index.js';
import { type AntomConfig } from './antom-settings.js';
import { connectAntom } from './connect-antom.js';

const merchant = vector('request-createPaymentSession-sandbox-ascii-compact');
const request = { path: '/ams/api/v1/payments/inquiryPayment', body: '{}' };

let server: Server;
let heard: string[];
let antom: GuardedAntom;

beforeEach(async () => {
  heard = [];
  server = createServer((incoming, response) => {
    heard.push(String(incoming.headers['signature']));
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await antom.close(0);
  await new Promise((resolve) => server.close(resolve));
});

const connect = (config: Partial<AntomConfig> = {}): GuardedAntom =>
  (antom = connectAntom(
    {
      ANTOM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ANTOM_CLIENT_ID: merchant.clientId,
      ANTOM_MERCHANT_PRIVATE_KEY: parsePrivateKey(merchant.privateKeyPem),
      ANTOM_PUBLIC_KEYS: [parsePublicKey(merchant.publicKeyPem)],
      ...config,
    },
    { clock: systemClock, callMs: 5_000 },
  ));

describe('the connection to Antom, put together from the settings', () => {
  it('signs with the key version that is set', async () => {
    await connect({ ANTOM_KEY_VERSION: '7' }).send(request);
    expect(heard[0]).toContain('keyVersion=7');
  });

  it('leaves Antom alone after as many faults as are set', async () => {
    connect({ ANTOM_BREAKER_FAULTS: 2, ANTOM_BREAKER_PAUSE: 60_000 });
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await antom.send(request));
    expect(answers).toMatchObject([{ status: 503 }, { status: 503 }, { reason: 'unavailable', sent: false }]);
    expect(heard).toHaveLength(2);
    expect(antom.health()).toMatchObject({ breaker: 'open', refused: 1 });
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const answer = await connect({ ANTOM_BASE_URL: 'http://127.0.0.1:1' }).send(request);
    expect(answer).toMatchObject({ reason: 'connection failed', sent: false });
  });
});
