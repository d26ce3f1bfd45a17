import { eventually, paymentNotification } from '@kasir/testing';
import { day, EarBesideAntom, minute } from './fixtures/ear.specs.js';

const seconds = (count: number) => count * 1_000;

describe('M13: a session that should bring no money any more', () => {
  let ear: EarBesideAntom;
  beforeAll(async () => void (ear = await EarBesideAntom.start()));
  afterAll(() => ear.stop());

  /** How often Antom is asked while time passes in steps of 15 seconds. */
  async function askedWithin(id: string, ms: number): Promise<number> {
    const before = ear.asked(id);
    for (let passed = 0; passed < ms; passed += seconds(15)) await ear.pass(seconds(15));
    return ear.asked(id) - before;
  }

  it('is asked about every 15 seconds once it is superseded, until it expires, and rarely from then on', async () => {
    await ear.openSession('O-1', 'ps_1');
    await ear.announce('O-1', 'ps_1b', { supersedes: ['ps_1'] });
    expect(await askedWithin('ps_1', 2 * minute)).toBe(8);
    expect(await askedWithin('ps_1b', 2 * minute)).toBe(0);
    expect(await askedWithin('ps_1', 6 * minute)).toBe(24);
    expect(await askedWithin('ps_1', 5 * minute)).toBe(1);
  });

  it('is asked about every 15 seconds once its order is sealed', async () => {
    await ear.openSession('O-2', 'ps_2');
    await ear.say('OrderSealed', { orderId: 'O-2', cause: 'expired', sealedAt: ear.after(0).toISOString() });
    expect(await askedWithin('ps_2', minute)).toBe(4);
    const { paymentId } = ear.antom.pay('ps_2');
    await ear.pass(seconds(15));
    await eventually(() => expect(ear.heard('O-2')).toMatchObject([{ type: 'PaymentSucceeded', data: { paymentId } }]));
    expect(await ear.plans('ps_2')).toEqual([]);
  });

  it('is asked about every 15 seconds once another session of its order succeeded', async () => {
    for (const id of ['ps_3', 'ps_3b']) await ear.openSession('O-3', id);
    const { paymentId } = ear.antom.pay('ps_3b');
    await ear.deliver(ear.sign(paymentNotification('ps_3b', paymentId)));
    expect(await askedWithin('ps_3', minute)).toBe(4);
    expect(ear.said('O-3')).toEqual(['PaymentSucceeded']);
    expect(await ear.plans('ps_3b')).toEqual([]);
  });

  it('is asked about every 15 seconds also where an inquiry found the success of the other', async () => {
    for (const id of ['ps_4', 'ps_4b']) await ear.openSession('O-4', id);
    ear.antom.pay('ps_4b');
    await ear.buyerReturns('O-4', 'ps_4b');
    await eventually(() => expect(ear.said('O-4')).toEqual(['PaymentSucceeded']));
    expect(await askedWithin('ps_4', minute)).toBe(4);
  });

  it('ends like any other, by an answer after its end', async () => {
    await ear.openSession('O-5', 'ps_5', { endsInMs: 20 * minute });
    await ear.announce('O-5', 'ps_5b', { supersedes: ['ps_5'], endsInMs: 2 * day });
    for (let n = 0; n < 25; n++) await ear.pass(minute);
    await eventually(() => expect(ear.said('O-5')).toEqual(['PaymentExpired']));
    expect(ear.heard('O-5')[0]?.data).toMatchObject({ paymentSessionId: 'ps_5' });
  });
});
