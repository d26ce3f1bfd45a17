import { orders, payments, paymentSessions } from '@kasir/contracts';
import { eventually, inDays, startUnderTest, type UnderTest } from '@kasir/testing';
import { order } from './app.module.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const endsAt = inDays(367);
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: inDays(365) };

describe('an order, when news of its payments arrives over Kafka', () => {
  let world: UnderTest;
  beforeAll(async () => {
    world = await startUnderTest(order, { listenTo: [orders] });
  });
  afterAll(() => world.stop());

  it('opens with its first attempt and is paid by its success, once, however often both are told', async () => {
    const attempt = started('O-1', 'ps_1');
    const success = succeeded('O-1', 'ps_1', 'pay-1');
    const attemptId = await world.bus.say(paymentSessions, 'PaymentAttemptStarted', attempt);
    const successId = await world.bus.say(payments, 'PaymentSucceeded', success);
    for (let n = 0; n < 4; n++) {
      await world.bus.say(paymentSessions, 'PaymentAttemptStarted', attempt, attemptId);
      await world.bus.say(payments, 'PaymentSucceeded', success, successId);
    }
    await settled();
    expect(said('O-1')).toEqual(['OrderOpened', 'OrderPaid']);
    expect(await statusOf('O-1')).toBe('paid');
  });

  it('is paid also when the success overtakes its attempt', async () => {
    await world.bus.say(payments, 'PaymentSucceeded', succeeded('O-2', 'ps_2', 'pay-2'));
    await world.bus.expectDrained('order', [payments]);
    expect(said('O-2')).toEqual([]);
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-2', 'ps_2'));
    await settled();
    expect(said('O-2')).toEqual(['OrderOpened', 'OrderPaid']);
  });

  it('is not paid a second time by another attempt, and a person is told with both payment ids', async () => {
    for (const [session, payment] of [
      ['ps_3a', 'pay-3a'],
      ['ps_3b', 'pay-3b'],
    ] as const) {
      await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-3', session));
      await world.bus.say(payments, 'PaymentSucceeded', succeeded('O-3', session, payment));
      await settled();
    }
    expect(said('O-3')).toEqual(['OrderOpened', 'OrderPaid', 'OrderNeedsAttention']);
    expect(dataOf('O-3', 'OrderNeedsAttention')).toMatchObject({
      kind: 'second-success',
      paymentId: 'pay-3b',
      evidence: { kept: 'ps_3a pay-3a' },
    });
  });

  it('stays open when the money is not what was asked for, and a person is told', async () => {
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-4', 'ps_4'));
    await settled();
    await world.bus.say(payments, 'PaymentMismatched', {
      ...payment('O-4', 'ps_4', 'pay-4'),
      expected: baht('160'),
      received: baht('16'),
    });
    await settled();
    expect(said('O-4')).toEqual(['OrderOpened', 'OrderNeedsAttention']);
    expect(await statusOf('O-4')).toBe('open');
  });

  it('is not touched by a failed try', async () => {
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-5', 'ps_5'));
    await world.bus.say(payments, 'PaymentFailed', {
      ...payment('O-5', 'ps_5', 'pay-5'),
      code: 'RISK_REJECT',
      message: 'no',
    });
    await settled();
    expect(said('O-5')).toEqual(['OrderOpened']);
  });

  it('waits behind a message of its own that nobody can read, while other orders proceed', async () => {
    await world.bus.sendRaw(paymentSessions, { key: 'O-6', value: 'no JSON at all', headers: {} });
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-6', 'ps_6'));
    await world.bus.say(paymentSessions, 'PaymentAttemptStarted', started('O-7', 'ps_7'));
    await settled();
    expect(said('O-7')).toEqual(['OrderOpened']);
    expect(said('O-6')).toEqual([]);
    const letters = await world.rows<{ reason: string; body: Buffer }>('select reason, body from dead_letters');
    expect(letters.map(({ body }) => body.toString())).toEqual(['no JSON at all']);
    expect(letters[0]?.reason).not.toBe('');
  });

  it('tells its story in gapless numbers, each event naming its cause', async () => {
    const story = world.bus.heard(orders).filter(({ key }) => key === 'O-1');
    expect(story.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2']);
    expect(story.every(({ headers }) => headers['ce_causationid'] !== undefined)).toBe(true);
  });

  const settled = async () => {
    await world.bus.expectDrained('order', [paymentSessions, payments]);
    const [{ total } = { total: 0 }] = await world.rows<{ total: number }>(
      'select coalesce(sum(last), 0)::int as total from event_sequences',
    );
    await eventually(() => expect(world.bus.heard(orders)).toHaveLength(total));
  };
  const said = (orderId: string) =>
    world.bus
      .heard(orders)
      .filter(({ key }) => key === orderId)
      .map(({ type }) => type);
  const dataOf = (orderId: string, type: string) =>
    world.bus.heard(orders).find((record) => record.key === orderId && record.type === type)?.data;
  const statusOf = async (orderId: string) =>
    (await world.rows<{ status: string }>('select status from orders where id = $1', [orderId]))[0]?.status;
});

const payment = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  orderId,
  paymentSessionId,
  paymentRequestId: paymentSessionId,
  paymentId,
});

const succeeded = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  ...payment(orderId, paymentSessionId, paymentId),
  amount: baht('160'),
  paidAt: '2026-01-01T00:00:00.000Z',
});

const started = (orderId: string, paymentSessionId: string) => ({
  orderId,
  paymentSessionId,
  paymentRequestId: paymentSessionId,
  order: facts,
  amount: baht('160'),
  bankChoice: { region: 'TH' as const },
  endsAt,
});
