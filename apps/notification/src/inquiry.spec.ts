import { generateKeyPairSync } from 'node:crypto';
import { AntomClient, buildCreatePaymentSession } from '@kasir/antom';
import { type Simulator, startSimulator, VirtualTime } from '@kasir/antom-sim';
import { payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { eventually, startUnderTest, type UnderTest } from '@kasir/testing';
import { notification } from './app.module.js';

const clientId = 'SANDBOX_5X00000000000000';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const amount = { value: '160', currency: 'THB' };

describe('a payment of which Antom sends no news', () => {
  const time = new VirtualTime(new Date('2026-03-01T10:00:00Z'));
  let antom: Simulator;
  let client: AntomClient;
  let world: UnderTest;

  beforeAll(async () => {
    const [merchant, provider] = [rsa(), rsa()];
    antom = await startSimulator({
      clientId,
      merchantPublicKey: merchant.publicKey,
      antomPrivateKey: provider.privateKey,
      notifyOverride: 'http://127.0.0.1:9/lost',
      clock: time,
      timer: time,
    });
    const account = { clientId, privateKey: merchant.privateKey, publicKeys: [provider.publicKey] };
    client = new AntomClient({ ...account, baseUrl: antom.url, clock: time });
    const service = notification({
      PORT: 0,
      ANTOM_BASE_URL: antom.url,
      ANTOM_CLIENT_ID: clientId,
      ANTOM_MERCHANT_PRIVATE_KEY: merchant.privateKey,
      ANTOM_PUBLIC_KEYS: [provider.publicKey],
      PAYMENT_SESSION_PREFIX: 'ps_',
      WEBHOOK_PATH_PREFIX: '',
    });
    world = await startUnderTest(service, { listenTo: [payments], clock: time });
  }, 30_000);
  afterAll(async () => {
    await world.stop();
    await client.close();
    await antom.stop();
  });

  it('is asked about after five minutes, not before, and its success is said once', async () => {
    await openSession('O-1', 'ps_1');
    antom.pay('ps_1');
    expect(await plans('ps_1')).toMatchObject([{ due_at: after(5 * minute) }]);
    await pass(4 * minute);
    expect(said('O-1')).toEqual([]);
    time.advance(minute);
    await eventually(() => expect(said('O-1')).toEqual(['PaymentSucceeded']));
    await pass(2 * hour);
    expect(said('O-1')).toEqual(['PaymentSucceeded']);
    expect(await plans('ps_1')).toEqual([]);
  });

  it('is asked about at once when the buyer is back from the bank', async () => {
    await openSession('O-2', 'ps_2');
    antom.pay('ps_2');
    await buyerReturns('O-2', 'ps_2');
    await eventually(() => expect(said('O-2')).toEqual(['PaymentSucceeded']));
  });

  it('is asked about every few seconds while the buyer looks on, until he has paid', async () => {
    await openSession('O-3', 'ps_3');
    await buyerReturns('O-3', 'ps_3');
    await eventually(async () => expect(await plans('ps_3')).toMatchObject([{ due_at: after(4_000) }]));
    antom.pay('ps_3');
    time.advance(4_000);
    await eventually(() => expect(said('O-3')).toEqual(['PaymentSucceeded']));
  });

  it('expires by an answer that comes after its end, and by nothing else', async () => {
    await openSession('O-4', 'ps_4', hour);
    for (let n = 0; n < 11; n++) await pass(5 * minute);
    expect(said('O-4')).toEqual([]);
    await pass(10 * minute);
    await eventually(() => expect(said('O-4')).toEqual(['PaymentExpired']));
    expect(await plans('ps_4')).toEqual([]);
  });

  it('is never called expired while Antom does not answer; after a week a person has to look', async () => {
    antom.disturb({ fault: 'unavailable', match: 'ps_5', times: 10_000 });
    await openSession('O-5', 'ps_5', hour);
    await pass(2 * hour);
    await pass(6 * day);
    expect(said('O-5')).toEqual([]);
    await pass(2 * day);
    await eventually(() => expect(said('O-5')).toEqual(['PaymentNeedsAttention']));
    expect(await statusOf('ps_5')).toBe('watched');
  });

  async function openSession(orderId: string, paymentRequestId: string, endsInMs = 2 * day): Promise<void> {
    const wish = buildCreatePaymentSession({
      ...{ paymentRequestId, orderId, description: 'Cappuccino', orderAmount: amount, amount, bank: { region: 'TH' } },
      ...{ terminal: { type: 'APP', os: 'IOS' }, clientIp: '203.0.113.7', settlementCurrency: 'USD', now: time.now() },
      ...{ redirectUrl: 'https://shop.example/back', notifyUrl: 'https://shop.example/webhooks' },
    });
    await client.send(wish);
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', {
      ...{ orderId, paymentSessionId: paymentRequestId, paymentRequestId, amount, bankChoice: { region: 'TH' } },
      order: { amount, description: 'Cappuccino', expiresAt: after(2 * day).toISOString() },
      endsAt: after(endsInMs).toISOString(),
    });
    await world.bus.expectDrained('notification', [paymentSessions]);
  }

  async function buyerReturns(orderId: string, paymentSessionId: string): Promise<void> {
    await world.bus.say(sessionRequests, 'InquiryRequested', { orderId, paymentSessionId, reason: 'buyer-returned' });
  }

  /** Lets time pass and waits until nothing is due and nothing is leased: a lease lasts 15 seconds, a pause some minutes. */
  async function pass(ms: number): Promise<void> {
    time.advance(ms);
    await eventually(async () =>
      expect(await world.rows('select 1 from inquiries where due_at <= $1', [after(15_000)])).toEqual([]),
    );
  }

  const after = (ms: number) => new Date(time.now().getTime() + ms);
  const plans = (id: string) => world.rows('select * from inquiries where payment_request_id = $1', [id]);
  const statusOf = async (id: string) =>
    (await world.rows<{ status: string }>('select status from watched_payments where payment_request_id = $1', [id]))[0]
      ?.status;
  const said = (orderId: string) =>
    world.bus
      .heard(payments)
      .filter(({ key }) => key === orderId)
      .map(({ type }) => type);
});
