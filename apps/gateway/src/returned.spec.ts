import { payments, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { cappuccino, get, type Harness, openHarness, post, type Reply, reply, success } from './harness.specs.js';

describe('a buyer who is back from the bank', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness();
  });
  afterAll(() => harness.stop());

  it('has Antom asked about the payment, once however often the page reports it', async () => {
    const { token, id } = await ask('BACK-1');
    const answers = await Promise.all(Array.from({ length: 4 }, () => returned(id, token)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    await harness.bus.expectHeard(sessionRequests, 'InquiryRequested');
    expect(inquiries('BACK-1')).toEqual([{ orderId: 'BACK-1', paymentSessionId: id, reason: 'buyer-returned' }]);
    harness.clock.forward(3_000);
    await returned(id, token);
    await eventually(() => expect(inquiries('BACK-1')).toHaveLength(2));
  });

  it('has nobody asked when the outcome is known', async () => {
    const { token, id } = await ask('BACK-2');
    await harness.bus.say(payments, 'PaymentSucceeded', success('BACK-2', id));
    await eventually(async () =>
      expect((await get(harness.gateway.url, path(id), token)).body['status']).toBe('succeeded'),
    );
    expect((await returned(id, token)).body['status']).toBe('succeeded');
    expect(
      await harness.rows(`select 1 from payment_sessions where id = $1 and returned_at is not null`, [id]),
    ).toEqual([]);
  });

  it('is told the same of a session that is not his as of one that does not exist', async () => {
    const { id } = await ask('BACK-3');
    const stranger = await harness.shop.sign(cappuccino('BACK-4'));
    const [foreign, unknown] = [await returned(id, stranger), await returned('ps_nobody', stranger)];
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
  });

  async function ask(orderId: string): Promise<{ token: string; id: string }> {
    const token = await harness.shop.sign(cappuccino(orderId));
    const { body } = await post(harness.gateway.url, { token });
    return { token, id: body.id };
  }

  const path = (id: string) => `/v1/payment-sessions/${id}`;
  const returned = async (id: string, token: string): Promise<Reply> =>
    reply(
      await fetch(`${harness.gateway.url}${path(id)}/returned`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const inquiries = (orderId: string) =>
    harness.bus
      .heard(sessionRequests)
      .filter(({ type, key }) => type === 'InquiryRequested' && key === orderId)
      .map(({ data }) => data);
});
