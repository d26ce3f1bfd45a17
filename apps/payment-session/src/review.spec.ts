import { type DataOf, type OrderEvent, orders, payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { app, baht, Mouth, online } from './fixtures/mouth.specs.js';

type Resolved = DataOf<OrderEvent, 'OrderAttentionResolved'>;
const minute = 60_000;

describe('an order for which money of another amount came', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open();
  });
  afterAll(() => mouth.close());

  const names = (orderId: string, paymentId = 'pay-1') => ({
    ...{ orderId, paymentSessionId: `ps_${orderId}`, paymentRequestId: `ps_${orderId}`, paymentId },
  });
  const mismatch = (orderId: string, paymentId?: string) =>
    mouth.ear('PaymentMismatched', {
      ...names(orderId, paymentId),
      ...{ expected: baht('160'), received: baht('16') },
    });
  const resolve = async (orderId: string, change: Partial<Resolved> = {}, id?: string) => {
    const { paymentId = 'pay-1' } = change;
    const resolved: Resolved = {
      ...{ orderId, caseId: `amount-mismatch/ps_${orderId}/${paymentId}`, kind: 'amount-mismatch' },
      ...{ paymentSessionId: `ps_${orderId}`, paymentId, resolution: 'new-attempt', openCases: 0 },
      ...{ reason: 'the wrong amount went back', by: 'mika', resolvedAt: mouth.in(0), ...change },
    };
    const said = await mouth.world.bus.say(orders, 'OrderAttentionResolved', resolved, id);
    await mouth.world.bus.expectDrained('payment-session', [orders]);
    return said;
  };
  const opened = (orderId: string, wish: Parameters<Mouth['openSession']>[2] = {}) =>
    mouth.openSession(orderId, `ps_${orderId}`, { bankChoice: online, ...wish });
  const underReview = async (orderId: string) => {
    await opened(orderId);
    await mismatch(orderId);
  };
  let wishes = 0;
  /** What becomes of another wish, by another way of paying. */
  const askAgain = async (orderId: string) => {
    const id = await mouth.request(orderId, `ps_again_${++wishes}`, { bankChoice: app });
    return eventually(() => {
      const created = mouth.dataOf(orderId, 'PaymentSessionCreated').find((data) => data['paymentSessionId'] === id);
      if (created !== undefined) return 'created';
      const rejected = mouth.dataOf(orderId, 'PaymentSessionRejected').find((data) => data['paymentSessionId'] === id);
      expect(rejected).toBeDefined();
      return rejected!['code'];
    });
  };

  it('takes a new attempt when its case was resolved so, and the old one stands in nobody’s way', async () => {
    await underReview('V-again');
    expect(await askAgain('V-again')).toBe('order_under_review');
    await resolve('V-again');
    expect(await mouth.statusOf('ps_V-again')).toBe('superseded');
    expect(await askAgain('V-again')).toBe('created');
    expect(mouth.calls('ps_V-again')).toEqual(['createPaymentSession']);
  });

  it.each(['ended-unpaid', 'refunded-offline', 'accepted', 'a-word-of-tomorrow'])(
    'takes none when its case was resolved with %s',
    async (resolution) => {
      const orderId = `V-${resolution}`;
      await underReview(orderId);
      await resolve(orderId, { resolution });
      expect(await askAgain(orderId)).toBe('order_under_review');
    },
  );

  it('takes one only with the last of its cases, whatever the others are about', async () => {
    await underReview('V-two');
    await mismatch('V-two', 'pay-2');
    await resolve('V-two', { openCases: 2 });
    expect(await askAgain('V-two')).toBe('order_under_review');
    await resolve('V-two', { paymentId: 'pay-2', openCases: 1 });
    expect(await askAgain('V-two')).toBe('order_under_review');
    await resolve('V-two', {
      ...{ caseId: 'refund-unasked/ps_V-two/dashboard-1', kind: 'refund-unasked', resolution: 'accepted' },
      paymentId: 'pay-2',
    });
    expect(await askAgain('V-two')).toBe('created');
  });

  it('takes none when one of its cases was resolved otherwise', async () => {
    await underReview('V-mixed');
    await mismatch('V-mixed', 'pay-2');
    await resolve('V-mixed', { resolution: 'ended-unpaid', openCases: 1 });
    await resolve('V-mixed', { paymentId: 'pay-2' });
    expect(await askAgain('V-mixed')).toBe('order_under_review');
  });

  it('stays as it is when a decision comes that knew nothing of its newest money', async () => {
    await underReview('V-newer');
    await mismatch('V-newer', 'pay-2');
    await resolve('V-newer');
    expect(await askAgain('V-newer')).toBe('order_under_review');
    await resolve('V-newer', { paymentId: 'pay-2' });
    expect(await askAgain('V-newer')).toBe('created');
  });

  it('goes on where the decision is heard before the money', async () => {
    await opened('V-early');
    await resolve('V-early');
    await mismatch('V-early');
    expect(await mouth.statusOf('ps_V-early')).toBe('superseded');
    expect(await askAgain('V-early')).toBe('created');
  });

  it('takes none where the decision that it goes not on is heard before the money', async () => {
    await opened('V-early-no');
    await resolve('V-early-no', { resolution: 'ended-unpaid' });
    expect(await askAgain('V-early-no')).toBe('order_under_review');
    await mismatch('V-early-no');
    expect(await askAgain('V-early-no')).toBe('order_under_review');
  });

  it('is held again by other money, and not let go on by what was decided before', async () => {
    await underReview('V-held');
    const decision = await resolve('V-held');
    await mismatch('V-held', 'pay-2');
    await resolve('V-held', {}, decision);
    await resolve('V-held');
    await mismatch('V-held');
    expect(await askAgain('V-held')).toBe('order_under_review');
  });

  it('is paid by a success that comes all the same, and nothing that is decided opens it again', async () => {
    await underReview('V-paid');
    const money = { order: mouth.order(), amount: baht('160'), paidAt: mouth.in(0) };
    await mouth.ear('PaymentSucceeded', { ...names('V-paid', 'pay-2'), ...money });
    await resolve('V-paid');
    expect(await askAgain('V-paid')).toBe('order_paid');
  });

  it('stays sealed when its time is over, and falls at its time when it goes on', async () => {
    const order = { amount: baht('160'), description: 'coffee', expiresAt: mouth.in(5 * minute) };
    for (const orderId of ['V-over', 'V-goes-on']) {
      await opened(orderId, { order });
      await mismatch(orderId);
    }
    await resolve('V-goes-on');
    mouth.clock.advance(6 * minute);
    for (const orderId of ['V-over', 'V-goes-on']) await mouth.heard(orderId, 'OrderSealed');
    await resolve('V-over');
    expect(await askAgain('V-over')).toBe('order_closed');
  });

  it('does not hear of other orders', async () => {
    await underReview('V-mine');
    await resolve('V-yours');
    expect(await askAgain('V-mine')).toBe('order_under_review');
    await mouth.world.bus.expectDrained('payment-session', [payments]);
  });
});
