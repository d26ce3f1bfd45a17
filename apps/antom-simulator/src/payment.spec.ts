import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  acknowledgement,
  AntomClient,
  buildCreatePaymentSession,
  failureAnswer,
  type Notification,
  type PaymentSessionWish,
  readNotification,
  readSessionAnswer,
} from '@kasir/antom';
import { type Simulator, startSimulator } from '@kasir/antom-sim';

const clientId = 'SANDBOX_5X00000000000000';
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const antomKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

let antom: Simulator;
let client: AntomClient;
let webhook: Server;
let heard: Notification[];
let tellHeard: () => void;
let acknowledges: boolean;

beforeEach(async () => {
  heard = [];
  acknowledges = true;
  webhook = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const trust = { clientId, publicKeys: [antomKeys.publicKey] };
      heard.push(readNotification({ method, path: url, headers, rawBody: Buffer.concat(parts) }, trust));
      response.setHeader('content-type', 'application/json').end(acknowledges ? acknowledgement : failureAnswer);
      tellHeard?.();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { publicKey: merchantPublicKey } = merchant;
  antom = await startSimulator({
    clientId,
    merchantPublicKey,
    antomPrivateKey: antomKeys.privateKey,
    resendScheduleMs: [0, 0],
  });
  client = aClient();
});

afterEach(async () => {
  webhook.closeAllConnections();
  await Promise.all([antom.stop(), client.close(0), new Promise((resolve) => webhook.close(resolve))]);
});

const aClient = (changes: object = {}) =>
  new AntomClient({
    baseUrl: antom.url,
    clientId,
    privateKey: merchant.privateKey,
    publicKeys: [antomKeys.publicKey],
    ...changes,
  });

/** Resolves with the nth notification. */
async function notification(n: number): Promise<Notification> {
  while (heard.length < n) await new Promise<void>((resolve) => (tellHeard = resolve));
  return heard[n - 1]!;
}

const cappuccino = (changes: Partial<PaymentSessionWish> = {}): PaymentSessionWish => ({
  paymentRequestId: 'PAY_20230803165257496',
  orderId: 'ORDER_20230803165257496',
  description: "Cappuccino #grande (Mika's coffee shop)",
  orderAmount: { value: '160', currency: 'THB' },
  amount: { value: '160', currency: 'THB' },
  bank: { bankName: 'Siam Commerical Bank' },
  terminal: { type: 'APP', os: 'IOS' },
  clientIp: '203.0.113.7',
  redirectUrl: 'https://coffee.example/return',
  notifyUrl: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/webhooks/antom/payments`,
  settlementCurrency: 'USD',
  now: new Date(),
  ...changes,
});
const ask = async (wish: PaymentSessionWish, by = client) =>
  readSessionAnswer(await by.send(buildCreatePaymentSession(wish)));

describe('our client and the simulator', () => {
  it.each([
    ['one bank', '', { bankName: 'Siam Commerical Bank' }],
    ['a kind of bank', '-2', { category: 'BANK_TRANSFER' as const }],
    ['the banks of a country', '-3', { region: 'TH' as const }],
  ])('agree on a session for %s, its payment and its news', async (_, suffix, bank) => {
    const paymentRequestId = `PAY_20230803165257496${suffix}`;
    const session = await ask(cappuccino({ paymentRequestId, orderId: `ORDER_20230803165257496${suffix}`, bank }));
    expect(session).toMatchObject({ kind: 'created', sessionExpiresAt: expect.any(Date) });
    const charge = antom.pay(paymentRequestId);
    expect(charge).toMatchObject({ paymentRequestId, referenceOrderId: `ORDER_20230803165257496${suffix}` });
    expect(await notification(1)).toMatchObject({
      kind: 'attempt',
      verdict: { kind: 'valid' },
      news: {
        kind: 'succeeded',
        paymentRequestId,
        paymentId: charge.paymentId,
        amount: { value: '160', currency: 'THB' },
        paidAt: new Date(Math.floor(Date.parse(charge.at) / 1000) * 1000),
      },
    });
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ acknowledged: true, deliveries: 1 }]);
  });

  it('agree on the end of a session', async () => {
    const sessionExpiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 600_000);
    expect(await ask(cappuccino({ sessionExpiresAt, metaDataAs: 'object' }))).toMatchObject({
      kind: 'created',
      sessionExpiresAt,
    });
  });

  it('give the same session for the same bytes, and none for others under the same id', async () => {
    const wish = cappuccino();
    const first = await ask(wish);
    expect(await ask(wish)).toEqual(first);
    expect(await ask(cappuccino({ amount: { value: '161', currency: 'THB' } }))).toMatchObject({
      kind: 'refused',
      code: 'REPEAT_REQ_INCONSISTENT',
      reaction: 'our bug',
    });
    expect(antom.sessions()).toHaveLength(1);
  });

  it('close nothing when the key is wrong, on either side', async () => {
    const stranger = aClient({ privateKey: antomKeys.privateKey });
    expect(await ask(cappuccino(), stranger)).toMatchObject({
      kind: 'unknown',
      reason: 'unverified',
      detail: expect.stringContaining('SIGNATURE_INVALID'),
      alarm: true,
    });
    const misled = aClient({ publicKeys: [merchant.publicKey] });
    expect(await ask(cappuccino(), misled)).toMatchObject({ kind: 'unknown', reason: 'bad signature', alarm: true });
    await Promise.all([stranger.close(0), misled.close(0)]);
  });

  it('tell of a refused try, and of the next one that was paid', async () => {
    await ask(cappuccino());
    antom.refuse('PAY_20230803165257496', 'USER_BALANCE_NOT_ENOUGH');
    expect(await notification(1)).toMatchObject({ news: { kind: 'failed', code: 'USER_BALANCE_NOT_ENOUGH' } });
    antom.pay('PAY_20230803165257496');
    expect(await notification(2)).toMatchObject({ news: { kind: 'succeeded', code: 'SUCCESS' } });
  });

  it('repeat the news until it is acknowledged', async () => {
    acknowledges = false;
    await ask(cappuccino());
    antom.pay('PAY_20230803165257496');
    await notification(2);
    acknowledges = true;
    const [first, third] = [await notification(1), await notification(3)];
    expect(third).toMatchObject({ kind: 'attempt', news: (first as { news: object }).news });
    await antom.idle();
    expect(antom.ledger()).toHaveLength(1);
  });

  it.each([
    ['unavailable', { kind: 'unknown', reason: 'http status', alarm: false }],
    ['unknown', { kind: 'unknown', reason: 'undecided', alarm: false }],
    ['reject', { kind: 'refused', code: 'PROCESS_FAIL', reaction: 'attempt failed' }],
  ] as const)('go on with the same bytes after the fault "%s"', async (fault, answer) => {
    antom.disturb({ fault, when: 'after' });
    expect(await ask(cappuccino())).toMatchObject(answer);
    expect(await ask(cappuccino())).toMatchObject({ kind: 'created' });
    expect(antom.sessions()).toHaveLength(1);
  });

  it.each(['hang', 'delay'] as const)(
    'go on with the same bytes after the fault "%s" and a time-out',
    async (fault) => {
      const impatient = aClient({ timeouts: { total: 1_500 } });
      antom.disturb({ fault, when: 'after', delayMs: 60_000 });
      expect(await ask(cappuccino(), impatient)).toMatchObject({ kind: 'unknown', reason: 'time-out', alarm: false });
      expect(await ask(cappuccino())).toMatchObject({ kind: 'created' });
      expect(antom.sessions()).toHaveLength(1);
      await impatient.close(0);
    },
  );
});
