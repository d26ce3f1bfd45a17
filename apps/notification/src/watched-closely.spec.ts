import { eventually, paymentNotification } from '@kasir/testing';
import { day, NotificationBesideAntom, minute } from './fixtures/notification.specs.js';

const seconds = (count: number) => count * 1_000;

describe('M13: a session that should bring no money any more', () => {
  let service: NotificationBesideAntom;
  beforeAll(async () => void (service = await NotificationBesideAntom.start()));
  afterAll(() => service.stop());

  /** How often Antom is asked while time passes in steps of 15 seconds. */
  async function askedWithin(id: string, ms: number): Promise<number> {
    const before = service.asked(id);
    for (let passed = 0; passed < ms; passed += seconds(15)) await service.pass(seconds(15));
    return service.asked(id) - before;
  }

  it('is asked about every 15 seconds once it is superseded, until it expires, and rarely from then on', async () => {
    await service.openSession('O-1', 'ps_1');
    await service.announce('O-1', 'ps_1b', { supersedes: ['ps_1'] });
    expect(await askedWithin('ps_1', 2 * minute)).toBe(8);
    expect(await askedWithin('ps_1b', 2 * minute)).toBe(0);
    expect(await askedWithin('ps_1', 6 * minute)).toBe(24);
    expect(await askedWithin('ps_1', 5 * minute)).toBe(1);
  });

  it('is asked about every 15 seconds once its order is sealed', async () => {
    await service.openSession('O-2', 'ps_2');
    await service.say('OrderSealed', { orderId: 'O-2', cause: 'expired', sealedAt: service.after(0).toISOString() });
    expect(await askedWithin('ps_2', minute)).toBe(4);
    const { paymentId } = service.antom.pay('ps_2');
    await service.pass(seconds(15));
    await eventually(() =>
      expect(service.heard('O-2')).toMatchObject([{ type: 'PaymentSucceeded', data: { paymentId } }]),
    );
    expect(await service.plans('ps_2')).toEqual([]);
  });

  it('is asked about every 15 seconds once another session of its order succeeded', async () => {
    for (const id of ['ps_3', 'ps_3b']) await service.openSession('O-3', id);
    const { paymentId } = service.antom.pay('ps_3b');
    await service.deliver(service.sign(paymentNotification('ps_3b', paymentId)));
    expect(await askedWithin('ps_3', minute)).toBe(4);
    expect(service.said('O-3')).toEqual(['PaymentSucceeded']);
    expect(await service.plans('ps_3b')).toEqual([]);
  });

  it('is asked about every 15 seconds also where an inquiry found the success of the other', async () => {
    for (const id of ['ps_4', 'ps_4b']) await service.openSession('O-4', id);
    service.antom.pay('ps_4b');
    await service.buyerReturns('O-4', 'ps_4b');
    await eventually(() => expect(service.said('O-4')).toEqual(['PaymentSucceeded']));
    expect(await askedWithin('ps_4', minute)).toBe(4);
  });

  it('ends like any other, by an answer after its end', async () => {
    await service.openSession('O-5', 'ps_5', { endsInMs: 20 * minute });
    await service.announce('O-5', 'ps_5b', { supersedes: ['ps_5'], endsInMs: 2 * day });
    for (let n = 0; n < 25; n++) await service.pass(minute);
    await eventually(() => expect(service.said('O-5')).toEqual(['PaymentExpired']));
    expect(service.heard('O-5')[0]?.data).toMatchObject({ paymentSessionId: 'ps_5' });
  });
});
