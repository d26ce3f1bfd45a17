import { orders } from '@kasir/contracts';
import { type PartName } from '@kasir/local-kasir';
import { eventually } from '@kasir/testing';
import { Shopper } from './shopper.js';
import { openWorld, type World } from './world.js';

const services: readonly PartName[] = ['gateway', 'payment-session', 'notification', 'order', 'fulfilment'];
const orderIds = Array.from({ length: 6 }, (_, n) => `STOP-${n}`);

describe('a deployment, in which every service is stopped and started while shoppers pay', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 300_000);
  afterAll(() => world.stop(), 300_000);

  it('loses and doubles nothing, and each service leaves politely', async () => {
    const shoppers = orderIds.map((orderId) => buy(orderId));
    for (const service of services) await leavePolitely(service);
    await Promise.all(shoppers);
    await eventually(async () => expect((await world.coffees()).sort()).toEqual(orderIds), 60_000);
    expect(await world.ledger()).toHaveLength(orderIds.length);
    const paid = world.bus.heard(orders).filter(({ type }) => type === 'OrderPaid');
    expect([...new Set(paid.map(({ key }) => key))].sort()).toEqual(orderIds);
  }, 300_000);

  async function leavePolitely(service: PartName): Promise<void> {
    const part = world.kasir.parts[service];
    await part.stop();
    expect(world.lastLogLine(service)).toMatchObject({ message: `${service} has stopped` });
    await part.restart();
  }

  async function buy(orderId: string): Promise<void> {
    const shopper = new Shopper(world.kasir, orderId);
    await shopper.pay(await shopper.openSession());
    await shopper.seePaid();
  }
});
