import { payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { cappuccino, get, type Harness, openHarness, post, secretKey, success } from './harness.specs.js';

describe('a payment session whose request is not answered', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness();
  });
  afterAll(() => harness.stop());

  const overdue = async () => {
    const metrics = await (await fetch(`${harness.gateway.adminUrl}/metrics`)).text();
    return Number(/^kasir_overdue_requests(?:\{.*\})? (\d+)$/m.exec(metrics)?.[1]);
  };

  it('is overdue and counted a minute after its end, and never failed: it may be answered after all (M22)', async () => {
    const { body } = await post(harness.gateway.url, { token: await harness.shop.sign(cappuccino('LOST')) });
    const shown = async () => (await get(harness.gateway.url, `/v1/payment-sessions/${body.id}`, secretKey)).body;
    expect([await shown(), await overdue()]).toEqual([body, 0]);
    harness.clock.forward(121_000);
    expect([await shown(), await overdue()]).toEqual([{ ...body, overdue: true }, 1]);
    await harness.bus.say(payments, 'PaymentSucceeded', success('LOST', body.id));
    await eventually(async () => expect(await shown()).toMatchObject({ status: 'succeeded' }));
    expect([(await shown())['overdue'], await overdue()]).toEqual([undefined, 0]);
  });
});
