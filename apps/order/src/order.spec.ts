import { orders, payments } from '@kasir/contracts';
import { order } from './app.module.js';
import { type Harness, openHarness } from './testing/harness.specs.js';

describe('an order, when events of its payments arrive over Kafka', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(order);
  });
  afterAll(() => harness.world.stop());

  it('is paid by the first event that names it, once, however often it is delivered', async () => {
    const success = harness.success('O-1', 'ps_1', 'pay-1');
    const id = await harness.say(payments, 'PaymentSucceeded', success);
    for (let n = 0; n < 4; n++) await harness.say(payments, 'PaymentSucceeded', success, id);
    await harness.succeeded('O-1', 'ps_1', 'pay-1');
    await harness.settled();
    const { paymentSessionId, paymentId, amount, paidAt } = success;
    const { description } = success.order;
    expect(harness.published('O-1')).toEqual(['OrderPaid']);
    expect(harness.dataOf('O-1', 'OrderPaid')).toEqual([
      { orderId: 'O-1', paymentSessionId, paymentId, amount, paidAt, description },
    ]);
    expect(await harness.world.rows(`select status, facts from orders where id = 'O-1'`)).toEqual([
      { status: 'paid', facts: success.order },
    ]);
  });

  it('is paid by what the buyer was asked for, which its facts need not name', async () => {
    const amount = { value: '100', currency: 'THB' };
    await harness.say(payments, 'PaymentSucceeded', { ...harness.success('O-2', 'ps_2', 'pay-2'), amount });
    await harness.settled();
    expect(harness.dataOf('O-2', 'OrderPaid')).toMatchObject([{ amount }]);
  });

  it('is not paid a second time by another attempt, and a person is told with both payment ids', async () => {
    for (const [session, payment] of [
      ['ps_3a', 'pay-3a'],
      ['ps_3b', 'pay-3b'],
    ] as const) {
      await harness.succeeded('O-3', session, payment);
      await harness.settled();
    }
    expect(harness.published('O-3')).toEqual(['OrderPaid', 'OrderNeedsAttention']);
    expect(harness.dataOf('O-3', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'duplicate-payment', paymentId: 'pay-3b', evidence: { paidBy: 'ps_3a pay-3a' }, openCases: 1 },
    ]);
  });

  it('is open with money that is not what was asked for, a person is told, and a later success pays it', async () => {
    await harness.otherAmount('O-4', 'ps_4', 'pay-4');
    await harness.settled();
    expect(harness.published('O-4')).toEqual(['OrderNeedsAttention']);
    expect(await harness.statusOf('O-4')).toBe('open');
    await harness.succeeded('O-4', 'ps_4b', 'pay-4b');
    await harness.settled();
    expect(harness.published('O-4')).toEqual(['OrderNeedsAttention', 'OrderPaid']);
  });

  it('is not touched by a failed payment, nor by an attempt that ended without money', async () => {
    const { paymentId, ...attempt } = harness.payment('O-5', 'ps_5', 'pay-5');
    await harness.say(payments, 'PaymentFailed', { ...attempt, paymentId, code: 'RISK_REJECT', message: 'no' });
    await harness.say(payments, 'PaymentExpired', attempt);
    await harness.say(payments, 'PaymentCancelled', attempt);
    await harness.settled();
    expect(harness.published('O-5')).toEqual([]);
    expect(await harness.statusOf('O-5')).toBeUndefined();
  });

  it('tells its story in gapless numbers, each event naming its cause', async () => {
    const story = harness.world.bus.heard(orders).filter(({ key }) => key === 'O-3');
    expect(story.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2']);
    expect(story.every(({ headers }) => headers['ce_causationid'] !== undefined)).toBe(true);
  });

  it('waits behind a message of its own that cannot be read, while other orders proceed', async () => {
    await harness.world.bus.sendRaw(payments, { key: 'O-6', value: 'no JSON at all', headers: {} });
    await harness.succeeded('O-6', 'ps_6', 'pay-6');
    await harness.succeeded('O-7', 'ps_7', 'pay-7');
    await harness.world.bus.expectDrained('order', [payments]);
    await harness.world.bus.expectHeard(orders, 'OrderPaid', 5);
    expect(harness.published('O-7')).toEqual(['OrderPaid']);
    expect(harness.published('O-6')).toEqual([]);
    const letters = await harness.world.rows<{ reason: string; body: Buffer }>('select reason, body from dead_letters');
    expect(letters.map(({ body }) => body.toString())).toEqual(['no JSON at all']);
    expect(letters[0]?.reason).not.toBe('');
  });
});
