import { app, online, PaymentSessionService } from './fixtures/payment-session.specs.js';

describe('a person decides about money', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const opened = (orderId: string) => service.openSession(orderId, `ps_${orderId}`, { bankChoice: app });
  const rowOf = async (orderId: string) => {
    const sql = `select orders.status, under_review, standing from orders join payments on order_id = id where id = $1`;
    return (await service.world.rows(sql, [orderId]))[0];
  };
  const accept = (orderId: string, kind = 'other-amount') =>
    service.resolve(orderId, { kind, resolution: 'accept-payment' });

  it('accepted money of another amount pays its order, and frees it of the review (M14)', async () => {
    await opened('A-short');
    await service.attention('A-short');
    await accept('A-short');
    expect(await rowOf('A-short')).toEqual({ status: 'paid', under_review: 0, standing: 'paid' });
    expect(await service.statusOf('ps_A-short')).toBe('succeeded');
    await service.request('A-short', 'ps_A-short_2', { bankChoice: online });
    expect(await service.published('A-short', 'PaymentSessionRejected')).toMatchObject({ code: 'order_paid' });
  });

  it('accepted money after a cancel pays its order, though no event of Antom could', async () => {
    await opened('A-cancelled');
    await service.report('PaymentCancelled', { orderId: 'A-cancelled', paymentSessionId: 'ps_A-cancelled' });
    await service.succeed('A-cancelled', 'pay-1');
    expect(await service.statusOf('ps_A-cancelled')).toBe('cancelled');
    await service.attention('A-cancelled', { kind: 'after-cancel' });
    await accept('A-cancelled', 'after-cancel');
    expect(await service.statusOf('ps_A-cancelled')).toBe('succeeded');
    expect(await rowOf('A-cancelled')).toMatchObject({ status: 'paid', standing: 'paid' });
  });

  it('money is accepted where the decision is handled before it', async () => {
    await opened('A-early');
    await accept('A-early');
    await service.attention('A-early');
    expect(await rowOf('A-early')).toEqual({ status: 'paid', under_review: 0, standing: 'paid' });
    expect(await service.statusOf('ps_A-early')).toBe('succeeded');
  });

  it('an order whose payment was returned takes a new attempt, and is paid by it', async () => {
    await opened('A-returned');
    const paymentId = await service.pay('A-returned', 'ps_A-returned');
    const { amount } = service.order();
    await service.report('PaymentReturned', {
      ...{ orderId: 'A-returned', paymentSessionId: 'ps_A-returned', paymentId, returnId: 'dispute-1' },
      ...{ cause: 'dispute', amount, returnedAt: service.in(0), evidence: {} },
    });
    await service.request('A-returned', 'ps_A-returned_2', { bankChoice: online });
    expect(await service.published('A-returned', 'PaymentSessionRejected')).toMatchObject({ code: 'order_paid' });
    await service.resolve('A-returned', { kind: 'payment-returned', resolution: 'new-attempt', paymentId });
    await service.openSession('A-returned', 'ps_A-returned_3', { bankChoice: online });
    const again = await service.pay('A-returned', 'ps_A-returned_3');
    const sql = `select payment_id, standing from payments where order_id = 'A-returned' and payment_id = $1`;
    expect(await service.world.rows(sql, [again])).toEqual([{ payment_id: again, standing: 'paid' }]);
  });
});
