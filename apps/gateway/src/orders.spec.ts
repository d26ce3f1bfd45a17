import { orders, OrderView, payments, paymentSessions } from '@kasir/contracts';
import { eventually, inDays } from '@kasir/testing';
import {
  cappuccino,
  cappuccinoFacts,
  get,
  type Harness,
  openHarness,
  paid,
  payment,
  post,
  returned,
  sayCreated,
  secretKey,
  siamBank,
  success,
  thb,
} from './harness.specs.js';

describe('an order', () => {
  let harness: Harness;
  let url: string;
  let count = 0;
  const newOrder = () => `SHOWN_${++count}`;

  beforeAll(async () => {
    harness = await openHarness();
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  const shown = (orderId: string, token = secretKey) => get(url, `/v1/orders/${orderId}`, token);
  const becomes = (orderId: string, about: object) =>
    eventually(async () => expect((await shown(orderId)).body).toMatchObject(about));
  const tokenFor = (orderId: string, amount = '160') => {
    const { order } = cappuccino(orderId);
    return harness.shop.sign({ order: { ...order, amount: thb(amount) } });
  };
  const request = async (orderId: string, amount?: string) => {
    const { status, body } = await post(url, { token: await tokenFor(orderId, amount) });
    expect(status).toBe(202);
    return body.id;
  };
  const created = (orderId: string, id: string, amount: string) =>
    sayCreated(harness.bus, orderId, id, { order: { ...cappuccinoFacts, amount: thb(amount) } });
  const rejected = (orderId: string, paymentSessionId: string, code: string) =>
    harness.bus.say(paymentSessions, 'PaymentSessionRejected', {
      ...{ orderId, paymentSessionId, stage: 'policy', code, message: 'because' },
    });
  const everythingIsHandled = () => harness.bus.expectDrained('gateway', [paymentSessions, payments, orders]);

  it('is shown from its first payment session on, to its own token and to a merchant', async () => {
    const orderId = newOrder();
    const token = await tokenFor(orderId);
    expect([(await shown(orderId, token)).status, (await shown(orderId)).status]).toEqual([404, 404]);
    await request(orderId);
    const { description } = cappuccinoFacts;
    for (const { status, body } of [await shown(orderId, token), await shown(orderId)]) {
      expect([status, body]).toEqual([
        ...[200, { id: orderId, status: 'open', amount: thb('160'), description, needsAttention: false }],
      ]);
      expect(OrderView.parse(body)).toEqual(body);
    }
  });

  it('is not found with the token of another order, in the very words for one that does not exist', async () => {
    const orderId = newOrder();
    await request(orderId);
    const stranger = await shown(orderId, await tokenFor('OTHER'));
    const unknown = await shown('UNKNOWN', await tokenFor('UNKNOWN'));
    expect([stranger.status, stranger.text]).toEqual([404, unknown.text]);
  });

  it('stays open when its payment session is rejected', async () => {
    const orderId = newOrder();
    await rejected(orderId, await request(orderId), 'amount_not_payable');
    await everythingIsHandled();
    expect((await shown(orderId)).body).toMatchObject({ status: 'open', amount: thb('160') });
  });

  it('is for what its first admitted attempt says, whatever was requested before and after', async () => {
    const orderId = newOrder();
    await rejected(orderId, await request(orderId, '100'), 'amount_not_payable');
    const second = await request(orderId, '160');
    await everythingIsHandled();
    expect((await shown(orderId)).body['amount']).toEqual(thb('100'));
    await created(orderId, second, '160');
    await becomes(orderId, { status: 'open', amount: thb('160') });
    await created(orderId, await request(orderId, '170'), '170');
    await everythingIsHandled();
    expect((await shown(orderId)).body['amount']).toEqual(thb('160'));
  });

  it('is for what an admitted attempt says that Antom did not open', async () => {
    const orderId = newOrder();
    await request(orderId, '100');
    const order = cappuccinoFacts;
    const { amount, expiresAt } = order;
    await harness.bus.say(paymentSessions, 'PaymentSessionRejected', {
      ...{ orderId, paymentSessionId: await request(orderId), stage: 'provider', code: 'PARAM_ILLEGAL', message: 'no' },
      watch: { order, amount, bankChoice: siamBank.bankChoice, sessionExpiresAt: expiresAt, endsAt: expiresAt },
    });
    await becomes(orderId, { status: 'open', amount: thb('160') });
  });

  it('that was to be closed before is shown once an attempt was admitted', async () => {
    const orderId = newOrder();
    await post(url, { token: secretKey, path: `/v1/orders/${orderId}/close`, body: { reason: 'sold out' } });
    const id = await request(orderId);
    expect((await shown(orderId)).status).toBe(404);
    await created(orderId, id, '160');
    await becomes(orderId, { status: 'open', amount: thb('160') });
  });

  it('is paid by what the order service says, however often and whichever topic is faster', async () => {
    const orderId = newOrder();
    const id = await request(orderId);
    const promotion = { ...paid(orderId, id), amount: thb('120') };
    await harness.bus.say(orders, 'OrderPaid', promotion);
    await becomes(orderId, { status: 'paid' });
    await created(orderId, id, '160');
    await harness.bus.say(payments, 'PaymentSucceeded', { ...success(orderId, id), amount: thb('120') });
    await harness.bus.say(orders, 'OrderPaid', promotion);
    await everythingIsHandled();
    expect((await shown(orderId)).body).toMatchObject({
      ...{ status: 'paid', amount: thb('160'), paidAt: '2026-11-22T08:00:00.000Z', paidBy: id },
    });
  });

  it('is paid by another payment when that stands, by none when all of it went back, and again after that', async () => {
    const orderId = newOrder();
    const [first, second] = [await request(orderId), await request(orderId)];
    await harness.bus.say(orders, 'OrderPaid', paid(orderId, first));
    const { paymentId } = payment(orderId, second);
    const { amount, cause, returnId } = returned(orderId, first, 'return-1');
    const back = { ...payment(orderId, first), amount, cause };
    const paidBy = { paymentSessionId: second, paymentId };
    await harness.bus.say(orders, 'OrderPaymentReturned', { ...back, returnId, paidBy });
    await becomes(orderId, { status: 'paid', paidBy: second });
    const none = { ...back, ...payment(orderId, second), returnId: 'return-2', paidBy: null };
    await harness.bus.say(orders, 'OrderPaymentReturned', none);
    await becomes(orderId, { status: 'returned' });
    expect((await shown(orderId)).body).not.toHaveProperty('paidBy');
    await harness.bus.say(orders, 'OrderPaid', paid(orderId, first));
    await becomes(orderId, { status: 'paid', paidBy: first });
  });

  it('needs attention while a case about it is open, and is open again where a new attempt was decided', async () => {
    const orderId = newOrder();
    const id = await request(orderId);
    const { amount, cause, returnId } = returned(orderId, id, 'return-1');
    await harness.bus.say(orders, 'OrderPaid', paid(orderId, id));
    await harness.bus.say(orders, 'OrderPaymentReturned', {
      ...payment(orderId, id),
      amount,
      cause,
      returnId,
      paidBy: null,
    });
    const about = { orderId, caseId: 'case-1', kind: 'payment-returned' };
    await harness.bus.say(orders, 'OrderNeedsAttention', { ...about, evidence: {}, dueAt: inDays(1), openCases: 1 });
    await becomes(orderId, { status: 'returned', needsAttention: true });
    await harness.bus.say(orders, 'OrderAttentionResolved', {
      ...{ ...about, resolution: 'new-attempt', status: 'resolved', openCases: 0 },
      ...{ reason: 'the buyer tries again', by: 'nok', resolvedAt: inDays(0) },
    });
    await becomes(orderId, { status: 'open', needsAttention: false });
  });

  it('that is not known here is not made by a case about it', async () => {
    const about = { orderId: 'unmatched:1', caseId: 'case-2', kind: 'unmatched-success' };
    await harness.bus.say(orders, 'OrderNeedsAttention', { ...about, evidence: {}, dueAt: inDays(1), openCases: 1 });
    await everythingIsHandled();
    expect(await harness.rows(`select 1 from orders where id = 'unmatched:1'`)).toHaveLength(0);
  });

  it('that is known is neither changed nor locked by another payment session', async () => {
    const orderId = newOrder();
    await request(orderId);
    const version = () =>
      harness.rows('select ctid::text, xmin::text, xmax::text from orders where id = $1', [orderId]);
    const before = await version();
    await request(orderId, '170');
    expect(await version()).toEqual(before);
  });

  it('is one when requests, events and a request to close it come at the same moment', async () => {
    const orderId = newOrder();
    const close = () =>
      post(url, { token: secretKey, path: `/v1/orders/${orderId}/close`, body: { reason: 'sold out' } });
    const work = async () => {
      const id = await request(orderId);
      await created(orderId, id, '160');
      return [(await close()).status, id] as const;
    };
    const done = await Promise.all(Array.from({ length: 8 }, work));
    expect(done.map(([status]) => status)).toEqual(done.map(() => 202));
    await everythingIsHandled();
    expect((await shown(orderId)).body).toMatchObject({ status: 'open', amount: thb('160') });
    expect(harness.logs.join('')).not.toContain('deadlock detected');
  });
});
