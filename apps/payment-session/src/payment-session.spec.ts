import { generateKeyPairSync } from 'node:crypto';
import { type Simulator, startSimulator } from '@kasir/antom-sim';
import { payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { eventually, startUnderTest, type UnderTest } from '@kasir/testing';
import { compactDecrypt } from 'jose';
import { paymentSession } from './app.module.js';

const clientId = 'SANDBOX_5X00000000000000';
const key = new Uint8Array(32).fill(7);
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const baht = (value: string) => ({ value, currency: 'THB' });

/** The order of Antom's own guide, in the three ways a bank can be chosen. */
const guide = {
  amount: baht('160'),
  description: "Cappuccino #grande (Mika's coffee shop)",
  expiresAt: '2099-01-01T00:00:00.000Z',
};

class MovableClock implements Clock {
  private offsetMs = 0;
  now = () => new Date(Date.now() + this.offsetMs);
  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

describe('the mouth', () => {
  const clock = new MovableClock();
  let antom: Simulator;
  let world: UnderTest;

  beforeAll(async () => {
    const [merchant, provider] = [rsa(), rsa()];
    antom = await startSimulator({
      clientId,
      merchantPublicKey: merchant.publicKey,
      antomPrivateKey: provider.privateKey,
      clock,
    });
    const service = paymentSession({
      ANTOM_BASE_URL: antom.url,
      ANTOM_CLIENT_ID: clientId,
      ANTOM_MERCHANT_PRIVATE_KEY: merchant.privateKey,
      ANTOM_PUBLIC_KEYS: [provider.publicKey],
      ANTOM_NOTIFY_URL: 'http://127.0.0.1:9/webhooks/antom/payments',
      SETTLEMENT_CURRENCY: 'USD',
      SESSION_DATA_KEY: key,
      SESSION_LIFETIME: 600_000,
    });
    world = await startUnderTest(service, { listenTo: [paymentSessions], clock });
  }, 30_000);
  afterAll(async () => {
    await world.stop();
    await antom.stop();
  });

  it.each([
    ['one bank', 'ORDER_20230803165257496', { bankName: 'Siam Commerical Bank' }],
    ['a kind of bank', 'ORDER_20230803165257496-2', { category: 'BANK_TRANSFER' as const }],
    ['the banks of a country', 'ORDER_20230803165257496-3', { region: 'TH' as const }],
  ])('opens a session at Antom for %s, and seals what the app needs', async (_, orderId, bankChoice) => {
    const session = await request(orderId, `ps_${orderId}`, { bankChoice });
    const data = await ended(orderId);
    expect(told(orderId)).toEqual(['PaymentAttemptStarted', 'PaymentSessionCreated']);
    expect(data).toMatchObject({ orderId, paymentSessionId: session, paymentRequestId: session });
    const sealed = data['sealedSessionData'] as string;
    const { plaintext } = await compactDecrypt(sealed, key);
    const opened = antom.sessions().find(({ paymentRequestId }) => paymentRequestId === session);
    expect(new TextDecoder().decode(plaintext)).toBe(opened?.sessionData);
  });

  it('asks again with the same id and the same bytes when Antom does not answer, and opens one session', async () => {
    antom.disturb({ fault: 'unavailable', match: 'ps_again', times: 2, when: 'after' });
    await request('O-again', 'ps_again');
    await ended('O-again');
    expect(told('O-again')).toEqual(['PaymentAttemptStarted', 'PaymentSessionCreated']);
    expect(antom.sessions().filter(({ paymentRequestId }) => paymentRequestId === 'ps_again')).toHaveLength(1);
  });

  it('says what Antom refuses', async () => {
    antom.disturb({ fault: 'reject', match: 'ps_refused', code: 'RISK_REJECT' });
    await request('O-refused', 'ps_refused');
    expect(await ended('O-refused')).toMatchObject({ stage: 'provider', code: 'RISK_REJECT' });
  });

  it('does not believe a refusal after a call that nobody answered', async () => {
    antom.disturb({ fault: 'unknown', match: 'ps_doubt' });
    antom.disturb({ fault: 'reject', match: 'ps_doubt', code: 'PROCESS_FAIL' });
    await request('O-doubt', 'ps_doubt');
    await ended('O-doubt');
    expect(told('O-doubt')).toEqual(['PaymentAttemptStarted', 'PaymentSessionCreated']);
  });

  it('abandons an attempt that Antom leaves unanswered until nobody waits any longer', async () => {
    antom.disturb({ fault: 'unavailable', match: 'ps_silent', times: 1_000 });
    await request('O-silent', 'ps_silent', { notAfter: new Date(clock.now().getTime() + 2_000).toISOString() });
    expect(await ended('O-silent')).toMatchObject({ stage: 'abandoned' });
    await request('O-silent', 'ps_silent_2');
    await eventually(() => expect(told('O-silent').at(-1)).toBe('PaymentSessionCreated'));
  });

  it('calls nobody for a buyer who has stopped waiting', async () => {
    await request('O-late', 'ps_late', { notAfter: new Date(clock.now().getTime() - 1).toISOString() });
    expect(await ended('O-late')).toMatchObject({ stage: 'guard', code: 'too_late' });
    expect(told('O-late')).toEqual(['PaymentSessionRejected']);
  });

  it('names the field that Antom would refuse, and does not ask', async () => {
    await request('O-odd', 'ps_odd', { redirectUrl: 'myapp://done' });
    const rejected = await ended('O-odd');
    expect(rejected).toMatchObject({ stage: 'guard', code: 'invalid_request' });
    expect(rejected['message']).toMatch(/paymentRedirectUrl/);
  });

  it('starts no second attempt while one lives, and names it', async () => {
    await Promise.all([request('O-twice', 'ps_twice_a'), request('O-twice', 'ps_twice_b')]);
    await eventually(() => expect(told('O-twice')).toHaveLength(3));
    const [{ paymentSessionId: living } = {}] = dataOf('O-twice', 'PaymentSessionCreated');
    expect(dataOf('O-twice', 'PaymentSessionRejected')).toEqual([
      expect.objectContaining({ code: 'attempt_in_progress', livingPaymentSessionId: living }),
    ]);
  });

  it('starts no attempt for an order that is paid', async () => {
    await request('O-paid', 'ps_paid');
    await ended('O-paid');
    await world.bus.say(payments, 'PaymentSucceeded', {
      ...{ orderId: 'O-paid', paymentSessionId: 'ps_paid', paymentRequestId: 'ps_paid', paymentId: 'pay-1' },
      ...{ amount: baht('160'), paidAt: '2026-01-01T00:00:00Z' },
    });
    await world.bus.expectDrained('payment-session', [payments]);
    await request('O-paid', 'ps_paid_2');
    await eventually(() =>
      expect(dataOf('O-paid', 'PaymentSessionRejected')).toEqual([expect.objectContaining({ code: 'order_paid' })]),
    );
  });

  it('starts no attempt for an order whose amount has changed', async () => {
    antom.disturb({ fault: 'reject', match: 'ps_price', code: 'RISK_REJECT' });
    await request('O-price', 'ps_price');
    await ended('O-price');
    await request('O-price', 'ps_price_2', { order: { ...guide, amount: baht('999') }, amount: baht('999') });
    await eventually(() =>
      expect(dataOf('O-price', 'PaymentSessionRejected')[1]).toMatchObject({ code: 'order_amount_changed' }),
    );
  });

  it('keeps the session data out of its own database', async () => {
    const rows = await world.rows<{ row: string }>('select attempts::text as row from attempts');
    const secrets = antom.sessions().map(({ sessionData }) => sessionData);
    expect(secrets.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => secrets.some((secret) => row.includes(secret)))).toEqual([]);
  });

  async function request(orderId: string, paymentSessionId: string, change: object = {}): Promise<string> {
    await world.bus.say(sessionRequests, 'PaymentSessionRequested', {
      orderId,
      paymentSessionId,
      order: guide,
      amount: guide.amount,
      bankChoice: { bankName: 'Siam Commerical Bank' },
      terminal: { type: 'APP', os: 'IOS' },
      clientIp: '203.0.113.7',
      redirectUrl: 'https://shop.example/thank-you',
      notAfter: new Date(clock.now().getTime() + 60_000).toISOString(),
      ...change,
    });
    return paymentSessionId;
  }

  const of = (orderId: string) => world.bus.heard(paymentSessions).filter(({ key: orderOf }) => orderOf === orderId);
  const told = (orderId: string) => of(orderId).map(({ type }) => type);
  const dataOf = (orderId: string, type: string) =>
    of(orderId)
      .filter((record) => record.type === type)
      .map(({ data }) => data);
  /** What the order's first request came to. */
  const ended = (orderId: string) =>
    eventually(() => {
      const end = of(orderId).find(({ type }) => type !== 'PaymentAttemptStarted');
      if (end === undefined) throw new Error(`nothing has come of the request for ${orderId}`);
      return end.data;
    });
});
