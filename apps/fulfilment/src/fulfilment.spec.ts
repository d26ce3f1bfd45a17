import { orders } from '@kasir/contracts';
import { startUnderTest, type UnderTest } from '@kasir/testing';
import { fulfilment } from './app.module.js';

describe('a coffee', () => {
  let world: UnderTest;
  beforeAll(async () => {
    world = await startUnderTest(fulfilment, { listenTo: [] });
  }, 30_000);
  afterAll(() => world.stop());

  it('is prepared once, however often the news of its payment comes, and for no order that is only open', async () => {
    const amount = { value: '160', currency: 'THB' };
    const description = 'Cappuccino';
    const payment = {
      paymentSessionId: 'ps_1',
      paymentId: 'pay-1',
      amount,
      paidAt: '2026-01-01T00:00:00Z',
      description,
    };
    const facts = { amount, description, expiresAt: '2030-01-01T00:00:00Z' };
    await world.bus.say(orders, 'OrderOpened', { orderId: 'O-1', order: facts });
    await world.bus.say(orders, 'OrderOpened', { orderId: 'O-2', order: facts });
    const id = await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment });
    await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment }, id);
    await world.bus.say(orders, 'OrderPaid', { orderId: 'O-1', ...payment });
    await world.bus.expectDrained('fulfilment', [orders]);
    expect(await world.rows('select order_id, description from coffees')).toEqual([{ order_id: 'O-1', description }]);
  });
});
