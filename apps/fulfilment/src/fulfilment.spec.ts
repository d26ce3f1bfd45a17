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
    const mismatch = { kind: 'amount-mismatch', paymentSessionId, paymentId, evidence: {} };
    await world.bus.say(orders, 'OrderNeedsAttention', { orderId: 'O-2', ...mismatch });
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
    const refunded = (orderId: string, refundRequestId: string, kept: boolean, remainder: string) =>
      world.bus.say(orders, 'OrderRefunded', {
        orderId,
        refundRequestId,
        ...payment,
        amount,
        kept,
        refunded: amount,
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

  it('is waited for by nobody once its order is closed', async () => {
    for (let n = 0; n < 2; n++) await world.bus.say(orders, 'OrderClosed', { orderId: 'O-6', cause: 'expired' });
    await world.bus.expectDrained('fulfilment', [orders]);
    expect(await world.rows('select * from closed_orders')).toEqual([{ order_id: 'O-6', cause: 'expired' }]);
    expect(await world.rows(`select from coffees where order_id = 'O-6'`)).toEqual([]);
  });
});
