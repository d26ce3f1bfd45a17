import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type PartName } from '@kasir/local-kasir';
import { eventually } from '@kasir/testing';
import { Shopper } from './shopper.js';
import { openWorld, type World } from './world.js';

const victims: readonly PartName[] = ['payment-session', 'notification', 'order', 'antom-simulator', 'gateway'];
const orderIds = Array.from({ length: 10 }, (_, n) => `KILL-${n}`);

describe('ten payments, while every process is killed once', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 300_000);
  afterAll(() => world.stop(), 300_000);

  it('are charged once, paid once and prepared once each', async () => {
    const { bus } = world;
    const allKilled = Promise.withResolvers<void>();
    const shoppers = orderIds.map((orderId, n) => buy(orderId, n < 7 ? Promise.resolve() : allKilled.promise));
    for (const victim of victims) {
      await eventually(() => expect(openAttempts()).not.toEqual([]), 60_000);
      await world.kasir.parts[victim].kill();
      await world.kasir.parts[victim].restart();
    }
    allKilled.resolve();
    await Promise.all(shoppers);

    await eventually(async () => expect((await world.coffees()).sort()).toEqual([...orderIds].sort()), 60_000);
    const ledger = await world.ledger();
    expect(ledger.map(({ referenceOrderId }) => referenceOrderId).sort()).toEqual([...orderIds].sort());
    expect(new Set(ledger.map(({ paymentRequestId }) => paymentRequestId)).size).toBe(orderIds.length);
    const paid = new Map(said('OrderPaid').map(({ key, headers }) => [headers['ce_id'], key]));
    expect([...paid.values()].sort()).toEqual([...orderIds].sort());

    function said(type: string) {
      return bus.heard(orders).filter((record) => record.type === type);
    }
  }, 300_000);

  async function buy(orderId: string, mayPay: Promise<void>): Promise<void> {
    const shopper = new Shopper(world.kasir, orderId);
    const session = await shopper.openSession();
    await mayPay;
    await shopper.pay(session);
    await shopper.seePaid();
  }

  /** Payments that have begun and of which nobody knows the end. */
  function openAttempts(): string[] {
    const ended = new Set(world.bus.heard(payments).map(({ key }) => key));
    return world.bus
      .heard(paymentSessions)
      .filter(({ type, key }) => type === 'PaymentSessionCreated' && !ended.has(key))
      .map(({ key }) => key);
  }
});
