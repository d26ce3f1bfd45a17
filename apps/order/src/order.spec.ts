import { orders, payments } from '@kasir/contracts';
import { order } from './app.module.js';
import { type Lab, openLab } from './lab.specs.js';

describe('an order, when events of its payments arrive over Kafka', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(order);
  });
  afterAll(() => lab.world.stop());

  it('is paid by the first event that names it, once, however often it is delivered', async () => {
    const success = lab.success('O-1', 'ps_1', 'pay-1');
    const id = await lab.say(payments, 'PaymentSucceeded', success);
    for (let n = 0; n < 4; n++) await lab.say(payments, 'PaymentSucceeded', success, id);
    await lab.settled();
    const { paymentSessionId, paymentId, amount, paidAt } = success;
    const { description } = success.order;
    expect(lab.said('O-1')).toEqual(['OrderPaid']);
    expect(lab.dataOf('O-1', 'OrderPaid')).toEqual([
      { orderId: 'O-1', paymentSessionId, paymentId, amount, paidAt, description },
    ]);
    expect(await lab.world.rows(`select status, facts from orders where id = 'O-1'`)).toEqual([
      { status: 'paid', facts: success.order },
    ]);
  });

  it('is paid by what the buyer was asked for, which its facts need not name', async () => {
    const amount = { value: '100', currency: 'THB' };
    await lab.say(payments, 'PaymentSucceeded', { ...lab.success('O-2', 'ps_2', 'pay-2'), amount });
    await lab.settled();
    expect(lab.dataOf('O-2', 'OrderPaid')).toMatchObject([{ amount }]);
  });

  it('is not paid a second time by another attempt, and a person is told with both payment ids', async () => {
    for (const [session, payment] of [
      ['ps_3a', 'pay-3a'],
      ['ps_3b', 'pay-3b'],
    ] as const) {
      await lab.succeeded('O-3', session, payment);
      await lab.settled();
    }
    expect(lab.said('O-3')).toEqual(['OrderPaid', 'OrderNeedsAttention']);
    expect(lab.dataOf('O-3', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'second-success', paymentId: 'pay-3b', evidence: { kept: 'ps_3a pay-3a' } },
    ]);
  });

  it('is open with money that is not what was asked for, a person is told, and a later success pays it', async () => {
    await lab.mismatched('O-4', 'ps_4', 'pay-4');
    await lab.settled();
    expect(lab.said('O-4')).toEqual(['OrderNeedsAttention']);
    expect(await lab.statusOf('O-4')).toBe('open');
    await lab.succeeded('O-4', 'ps_4b', 'pay-4b');
    await lab.settled();
    expect(lab.said('O-4')).toEqual(['OrderNeedsAttention', 'OrderPaid']);
  });

  it('is not touched by a failed payment, nor by an attempt that ended without money', async () => {
    const { paymentId, ...attempt } = lab.payment('O-5', 'ps_5', 'pay-5');
    await lab.say(payments, 'PaymentFailed', { ...attempt, paymentId, code: 'RISK_REJECT', message: 'no' });
    await lab.say(payments, 'PaymentExpired', attempt);
    await lab.say(payments, 'PaymentCancelled', attempt);
    await lab.settled();
    expect(lab.said('O-5')).toEqual([]);
    expect(await lab.statusOf('O-5')).toBeUndefined();
  });

  it('tells its story in gapless numbers, each event naming its cause', async () => {
    const story = lab.world.bus.heard(orders).filter(({ key }) => key === 'O-3');
    expect(story.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2']);
    expect(story.every(({ headers }) => headers['ce_causationid'] !== undefined)).toBe(true);
  });

  it('waits behind a message of its own that cannot be read, while other orders proceed', async () => {
    await lab.world.bus.sendRaw(payments, { key: 'O-6', value: 'no JSON at all', headers: {} });
    await lab.succeeded('O-6', 'ps_6', 'pay-6');
    await lab.succeeded('O-7', 'ps_7', 'pay-7');
    await lab.world.bus.expectDrained('order', [payments]);
    await lab.world.bus.expectHeard(orders, 'OrderPaid', 5);
    expect(lab.said('O-7')).toEqual(['OrderPaid']);
    expect(lab.said('O-6')).toEqual([]);
    const letters = await lab.world.rows<{ reason: string; body: Buffer }>('select reason, body from dead_letters');
    expect(letters.map(({ body }) => body.toString())).toEqual(['no JSON at all']);
    expect(letters[0]?.reason).not.toBe('');
  });
});
