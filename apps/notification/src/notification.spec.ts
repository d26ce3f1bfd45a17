import { generateKeyPairSync } from 'node:crypto';
import { parsePublicKeys } from '@kasir/antom';
import { payments, paymentSessions } from '@kasir/contracts';
import {
  antomVoice,
  eventually,
  paymentNotification,
  type SignedWebhook,
  startUnderTest,
  type UnderTest,
  inDays,
} from '@kasir/testing';
import { notification } from './app.module.js';

const clientId = 'SANDBOX_5X00000000000000';
const path = '/webhooks/antom/payments';
/** A promotion: less is asked for than the order costs. */
const order = { amount: { value: '200', currency: 'THB' }, description: 'Cappuccino', expiresAt: inDays(365) };
const acknowledged = { result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } };

describe('notification', () => {
  const antom = antomVoice(clientId);
  let world: UnderTest;
  beforeAll(async () => {
    const service = notification({
      PORT: 0,
      ANTOM_BASE_URL: 'http://127.0.0.1:9',
      ANTOM_MERCHANT_PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
      ANTOM_CLIENT_ID: clientId,
      ANTOM_PUBLIC_KEYS: parsePublicKeys(antom.publicKey),
      PAYMENT_SESSION_PREFIX: 'ps_',
      WEBHOOK_PATH_PREFIX: '',
    });
    world = await startUnderTest(service, { listenTo: [payments] });
  });
  afterAll(() => world.stop());

  it('says that a watched attempt succeeded, once, however often Antom says it', async () => {
    await watch('O-1', 'ps_1');
    const webhook = antom.sign(path, paymentNotification('ps_1', 'pay-1'));
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(webhook)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ status: 200, body: acknowledged })));
    await world.bus.expectHeard(payments, 'PaymentSucceeded');
    await settled();
    expect(said('O-1')).toEqual(['PaymentSucceeded']);
    expect(world.bus.heard(payments).find(({ key }) => key === 'O-1')?.data).toEqual({
      orderId: 'O-1',
      paymentSessionId: 'ps_1',
      paymentId: 'pay-1',
      order,
      amount: { value: '160', currency: 'THB' },
      paidAt: '2026-01-01T00:00:10.000Z',
    });
  });

  it('keeps news of an attempt nobody has announced, acknowledges it, and says it when the attempt appears', async () => {
    expect((await deliver(antom.sign(path, paymentNotification('ps_2', 'pay-2')))).status).toBe(200);
    expect(said('O-2')).toEqual([]);
    await watch('O-2', 'ps_2');
    await eventually(() => expect(said('O-2')).toEqual(['PaymentSucceeded']));
  });

  it('does not take PAYMENT_PENDING for a success, whatever its result says', async () => {
    await watch('O-3', 'ps_3');
    await deliver(antom.sign(path, paymentNotification('ps_3', 'pay-3', { type: 'PAYMENT_PENDING' })));
    await eventually(() => expect(said('O-3')).toEqual(['PaymentPending']));
  });

  it('lets a success follow a failure, and never a failure a success', async () => {
    await watch('O-4', 'ps_4');
    const failure = paymentNotification('ps_4', 'pay-4', { status: 'F', code: 'USER_BALANCE_NOT_ENOUGH' });
    await deliver(antom.sign(path, failure));
    await deliver(antom.sign(path, paymentNotification('ps_4', 'pay-4')));
    await deliver(antom.sign(path, paymentNotification('ps_4', 'pay-4b', { status: 'F', code: 'RISK_REJECT' })));
    await settled();
    expect(said('O-4')).toEqual(['PaymentFailed', 'PaymentSucceeded']);
  });

  it('never calls a try pending again whose failure it knows, and a new try is pending', async () => {
    await watch('O-41', 'ps_41');
    const pending = (paymentId: string) => paymentNotification('ps_41', paymentId, { type: 'PAYMENT_PENDING' });
    await deliver(antom.sign(path, paymentNotification('ps_41', 'pay-41', { status: 'F', code: 'RISK_REJECT' })));
    await deliver(antom.sign(path, pending('pay-41')));
    await deliver(antom.sign(path, pending('pay-41b')));
    await settled();
    expect(said('O-41')).toEqual(['PaymentFailed', 'PaymentPending']);
  });

  it.each([
    ['amount', { value: '16' }],
    ['currency', { currency: 'USD' }],
  ])('says that the %s is not what was asked for, and neither success nor failure', async (what, other) => {
    const [order, session] = [`O-5-${what}`, `ps_5_${what}`];
    await watch(order, session);
    await deliver(antom.sign(path, paymentNotification(session, 'pay-5', other)));
    await settled();
    expect(said(order)).toEqual(['PaymentNeedsAttention']);
    expect(world.bus.heard(payments).find(({ key }) => key === order)?.data).toMatchObject({
      ...{ kind: 'other-amount', paymentId: 'pay-5', paidAt: '2026-01-01T00:00:10.000Z' },
      ...{ expected: { value: '160', currency: 'THB' }, received: { value: '160', currency: 'THB', ...other } },
      order: { description: 'Cappuccino' },
    });
  });

  it('says a second payment of the same attempt too, because it is a second payment', async () => {
    await watch('O-6', 'ps_6');
    await deliver(antom.sign(path, paymentNotification('ps_6', 'pay-6a')));
    await deliver(antom.sign(path, paymentNotification('ps_6', 'pay-6b')));
    await settled();
    expect(said('O-6')).toEqual(['PaymentSucceeded', 'PaymentSucceeded']);
  });

  it('acknowledges news of another deployment and changes nothing', async () => {
    expect((await deliver(antom.sign(path, paymentNotification('staging_7', 'pay-7')))).status).toBe(200);
    expect(await world.rows(`select 1 from payments where payment_request_id = 'staging_7'`)).toEqual([]);
    expect(await world.rows(`select 1 from webhooks where about like '%staging_7'`)).toHaveLength(1);
  });

  it('acknowledges what it does not know and keeps it visibly', async () => {
    expect((await deliver(antom.sign(path, { notifyType: 'DISPUTE_CREATED', disputeId: 'd1' }))).status).toBe(200);
    expect(await world.rows(`select 1 from webhooks where about = 'DISPUTE_CREATED'`)).toHaveLength(1);
  });

  describe('when a webhook cannot be believed', () => {
    const paid = () => antom.sign(path, paymentNotification('ps_8', 'pay-8'));
    beforeAll(() => watch('O-8', 'ps_8'));

    it.each<[string, () => SignedWebhook]>([
      ['was changed on its way', () => ({ ...paid(), body: paid().body.replace('160', '161') })],
      ['was signed by somebody else', () => antomVoice(clientId).sign(path, paymentNotification('ps_8', 'pay-8'))],
      ['was signed for another path', () => antom.sign('/elsewhere', paymentNotification('ps_8', 'pay-8'))],
      ['is of another merchant', () => antomVoice('SANDBOX_OTHER').sign(path, paymentNotification('ps_8', 'pay-8'))],
      ['has no signature', () => ({ ...paid(), headers: { 'client-id': clientId, 'request-time': '1' } })],
      ['is no JSON, and unsigned', () => ({ ...paid(), body: '{{{' })],
      ['is empty', () => ({ ...paid(), body: '' })],
    ])('that %s, it goes to quarantine with its bytes, and nothing is said', async (_, forge) => {
      const before = await world.rows('select 1 from quarantine');
      const forged = forge();
      const { status, body } = await deliver(forged);
      expect([status, body.result.resultStatus]).toEqual([401, 'F']);
      const quarantined = await world.rows<{ body: Buffer; reason: string }>(
        'select * from quarantine order by position',
      );
      expect(quarantined).toHaveLength(before.length + 1);
      expect(quarantined.at(-1)?.body.toString()).toBe(forged.body);
      expect(said('O-8')).toEqual([]);
    });

    it('and the real one is still believed afterwards', async () => {
      expect((await deliver(paid())).status).toBe(200);
      await eventually(() => expect(said('O-8')).toEqual(['PaymentSucceeded']));
    });

    it('it is refused before it is read when it is far too long', async () => {
      expect((await fetch(world.service.url + path, { ...paid(), body: 'x'.repeat(100_000) })).status).toBe(413);
    });
  });

  const deliver = async (webhook: SignedWebhook) => {
    const response = await fetch(`${world.service.url}${path}`, webhook);
    return { status: response.status, body: (await response.json()) as typeof acknowledged };
  };

  const watch = async (orderId: string, paymentSessionId: string) => {
    await world.bus.say(paymentSessions, 'PaymentSessionCreated', {
      orderId,
      paymentSessionId,
      order,
      amount: { value: '160', currency: 'THB' },
      bankChoice: { region: 'TH' },
      encryptedSessionData: 'encrypted',
      sessionExpiresAt: inDays(366),
      endsAt: inDays(367),
    });
    await world.bus.expectDrained('notification', [paymentSessions]);
  };

  const settled = async () => {
    const [{ total } = { total: 0 }] = await world.rows<{ total: number }>(
      'select coalesce(sum(last), 0)::int as total from event_sequences',
    );
    await eventually(() => expect(world.bus.heard(payments)).toHaveLength(total));
  };

  const said = (orderId: string) =>
    world.bus
      .heard(payments)
      .filter(({ key }) => key === orderId)
      .map(({ type }) => type);
});
