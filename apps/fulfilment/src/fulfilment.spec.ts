import { orders } from '@kasir/contracts';
import { startUnderTest, type UnderTest } from '@kasir/testing';
import { fulfilment } from './app.module.js';

describe('a coffee', () => {
  let world: UnderTest;
  beforeAll(async () => {
    world = await startUnderTest(fulfilment, { listenTo: [] });
  });
  afterAll(() => world.stop());

  it('is prepared once, however often OrderPaid comes, and for no order whose money is only a case for a person', async () => {
    const amount = { value: '160', currency: 'THB' };
    const description = 'Cappuccino';
    const payment = {
      paymentSessionId: 'ps_1',
      paymentId: 'pay-1',
      amount,
      paidAt: '2026-01-01T00:00:00Z',
      description,
    };
    const { paymentSessionId, paymentId } = payment;
    const money = {
      kind: 'other-amount',
      caseId: 'other-amount/ps_1/pay-1',
      paymentSessionId,
      paymentId,
      evidence: {},
    };
    const open = { dueAt: '2026-01-02T00:00:00Z', openCases: 1 };
    await world.bus.say(orders, 'OrderNeedsAttention', { orderId: 'O-2', ...money, ...open });
    const id = await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment });
    await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment }, id);
    await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment });
    await world.bus.expectDrained('fulfilment', [orders]);
    expect(await world.rows('select order_id, description from coffees')).toEqual([{ order_id: 'O-1', description }]);
  });

  it('is stopped by a refund of all that paid for it, and by no other', async () => {
    const amount = { value: '160', currency: 'THB' };
    const payment = { paymentSessionId: 'ps_1', paymentId: 'pay-1' };
    const paid = (orderId: string) =>
      world.bus.say(orders, 'OrderPaid', {
        orderId,
        ...payment,
        amount,
        paidAt: '2026-01-01T00:00:00Z',
        description: 'Latte',
      });
    const refunded = (orderId: string, refundId: string, kept: boolean, remainder: string) =>
      world.bus.say(orders, 'OrderRefunded', {
        ...{ orderId, origin: 'requested', refundId, ...payment, amount, kept, refunded: amount },
        remainder: { value: remainder, currency: 'THB' },
        refundedAt: '2026-01-02T00:00:00Z',
      });
    for (const orderId of ['O-3', 'O-4', 'O-5']) await paid(orderId);
    for (let n = 0; n < 2; n++) await refunded('O-3', 'rf_3', true, '0');
    await refunded('O-4', 'rf_4', true, '10');
    await refunded('O-5', 'rf_5', false, '0');
    await paid('O-3');
    await world.bus.expectDrained('fulfilment', [orders]);
    const stopped = await world.rows(
      `select order_id, stopped_by from coffees where order_id in ('O-3', 'O-4', 'O-5') order by order_id`,
    );
    expect(stopped).toEqual([
      { order_id: 'O-3', stopped_by: 'rf_3' },
      { order_id: 'O-4', stopped_by: null },
      { order_id: 'O-5', stopped_by: null },
    ]);
  });

  it('is stopped when its money went back and no other payment pays, and prepared again for one that does', async () => {
    const amount = { value: '160', currency: 'THB' };
    const payment = (paymentId: string) => ({ paymentSessionId: 'ps_1', paymentId });
    const paid = (orderId: string, paymentId: string) =>
      world.bus.say(orders, 'OrderPaid', {
        ...{ orderId, ...payment(paymentId), amount, paidAt: '2026-01-01T00:00:00Z', description: 'Latte' },
      });
    const returned = (orderId: string, paidBy: ReturnType<typeof payment> | null) =>
      world.bus.say(orders, 'OrderPaymentReturned', {
        ...{ orderId, ...payment('pay-1'), returnId: `re_${orderId}`, amount, cause: 'cancel', paidBy },
      });
    const orderIds = ['O-7', 'O-8', 'O-9'];
    for (const orderId of orderIds) await paid(orderId, 'pay-1');
    await returned('O-7', null);
    await returned('O-8', payment('pay-2'));
    await returned('O-9', null);
    for (const paymentId of ['pay-1', 'pay-2']) await paid('O-9', paymentId);
    await paid('O-7', 'pay-1');
    await world.bus.expectDrained('fulfilment', [orders]);
    const sql = 'select order_id, stopped_by from coffees where order_id = any($1) order by order_id';
    expect(await world.rows(sql, [orderIds])).toEqual([
      { order_id: 'O-7', stopped_by: 're_O-7' },
      { order_id: 'O-8', stopped_by: null },
      { order_id: 'O-9', stopped_by: null },
    ]);
  });

  it('is waited for by nobody once its order is closed', async () => {
    for (let n = 0; n < 2; n++) await world.bus.say(orders, 'OrderClosed', { orderId: 'O-6', cause: 'expired' });
    await world.bus.expectDrained('fulfilment', [orders]);
    expect(await world.rows('select * from closed_orders')).toEqual([{ order_id: 'O-6', cause: 'expired' }]);
    expect(await world.rows(`select from coffees where order_id = 'O-6'`)).toEqual([]);
  });
});
