import { payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { app, baht, online, PaymentSessionService } from './fixtures/payment-session.specs.js';

const minute = 60_000;

describe('an order with money under review', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const opened = (orderId: string, change: Parameters<PaymentSessionService['openSession']>[2] = {}) =>
    service.openSession(orderId, `ps_${orderId}`, { bankChoice: online, ...change });
  const underReview = async (orderId: string) => {
    await opened(orderId);
    await service.attention(orderId);
  };
  const of = (id: string) => (data: Record<string, unknown>) => data['paymentSessionId'] === id;
  let requests = 0;
  /** What becomes of another request, by another way of paying. */
  const askAgain = async (orderId: string) => {
    const id = await service.request(orderId, `ps_again_${++requests}`, { bankChoice: app });
    return eventually(() => {
      if (service.dataOf(orderId, 'PaymentSessionCreated').some(of(id))) return 'created';
      const rejected = service.dataOf(orderId, 'PaymentSessionRejected').find(of(id));
      expect(rejected).toBeDefined();
      return rejected!['code'];
    });
  };

  it.each(['new-attempt', 'ended-unpaid', 'refunded-outside', 'no-action', 'a-word-of-tomorrow'])(
    'takes a new attempt when its case was resolved with %s, and the old attempt has ended',
    async (resolution) => {
      const orderId = `V-${resolution}`;
      await underReview(orderId);
      expect(await askAgain(orderId)).toBe('money_under_review');
      await service.resolve(orderId, { resolution });
      expect(await service.statusOf(`ps_${orderId}`)).toBe('expired');
      expect(await askAgain(orderId)).toBe('created');
      expect(service.calls(`ps_${orderId}`)).toEqual(['createPaymentSession']);
    },
  );

  it('stays locked by other money, whatever else was resolved', async () => {
    await underReview('V-two');
    await service.attention('V-two', { paymentId: 'pay-2', kind: 'reversal' });
    await service.resolve('V-two', { openCases: 1 });
    await service.resolve('V-two', { kind: 'refund-no-answer', paymentId: 'pay-3' });
    expect(await askAgain('V-two')).toBe('money_under_review');
    await service.resolve('V-two', { kind: 'reversal', paymentId: 'pay-2' });
    expect(await askAgain('V-two')).toBe('created');
  });

  it('counts no money twice, told again or decided again', async () => {
    await underReview('V-again');
    await service.attention('V-again');
    const decision = await service.resolve('V-again');
    await service.attention('V-again', { paymentId: 'pay-2' });
    await service.resolve('V-again', {}, decision);
    await service.resolve('V-again');
    await service.attention('V-again');
    expect(await askAgain('V-again')).toBe('money_under_review');
    await service.resolve('V-again', { paymentId: 'pay-2' });
    expect(await askAgain('V-again')).toBe('created');
  });

  it('is not locked by what brought no money, nor by money after a cancel', async () => {
    await opened('V-free');
    await service.attention('V-free', { kind: 'no-answer', received: undefined, paymentId: undefined });
    await service.attention('V-free', { kind: 'after-cancel', paymentId: 'pay-2' });
    expect(await askAgain('V-free')).toBe('created');
  });

  it('is locked by money of a kind that is not known yet', async () => {
    await opened('V-unknown');
    await service.attention('V-unknown', { kind: 'a-kind-of-tomorrow' });
    expect(await askAgain('V-unknown')).toBe('money_under_review');
  });

  it('is not locked where the decision is handled before the money, and its attempt ends with the money', async () => {
    await opened('V-early');
    await service.resolve('V-early');
    expect(await service.statusOf('ps_V-early')).toBe('created');
    await service.attention('V-early');
    expect(await service.statusOf('ps_V-early')).toBe('expired');
    expect(await askAgain('V-early')).toBe('created');
  });

  it('rejects the attempt that waits, and cancels a sibling only when a payment is seen in it (M13)', async () => {
    await opened('V-siblings', { bankChoice: app });
    await service.openSession('V-siblings', 'ps_sibling', { bankChoice: online });
    service.holdAnswer('ps_sibling', 'inquiryPayment');
    await service.request('V-siblings', 'ps_waiting', { bankChoice: app });
    await eventually(async () => expect(await service.statusOf('ps_waiting')).toBe('waiting'));
    await service.attention('V-siblings');
    expect(await service.published('V-siblings', 'PaymentSessionRejected')).toMatchObject({
      ...{ paymentSessionId: 'ps_waiting', code: 'money_under_review' },
    });
    service.letAnswersGo();
    await service.published('V-siblings', 'CancelAnswered', of('ps_sibling'));
    await service.begin('V-siblings', 'ps_sibling');
    await service.published('V-siblings', 'CancelAnswered', ({ cause }) => cause === 'money-under-review');
    expect(service.sessionAtAntom('ps_sibling')?.status).toBe('cancelled');
  });

  it('is paid by a success that comes all the same, and no decision opens it again', async () => {
    await underReview('V-paid');
    await service.succeed('V-paid', 'pay-2');
    await service.resolve('V-paid', { resolution: 'new-attempt' });
    expect(await askAgain('V-paid')).toBe('order_paid');
  });

  it('is paid by the same payment where it turns out to be what was asked', async () => {
    await underReview('V-right');
    await service.succeed('V-right', 'pay-1');
    await service.resolve('V-right');
    expect(await service.statusOf('ps_V-right')).toBe('succeeded');
    const [row] = await service.world.rows(`select status, under_review from orders where id = 'V-right'`);
    expect(row).toEqual({ status: 'paid', under_review: 0 });
  });

  it('is sealed when its time is over, and drained when a person has decided', async () => {
    const order = { amount: baht('160'), description: 'coffee', expiresAt: service.in(5 * minute) };
    await opened('V-over', { order });
    await service.attention('V-over');
    service.clock.advance(6 * minute);
    await service.published('V-over', 'OrderSealed');
    expect(service.types('V-over')).not.toContain('OrderDrained');
    await service.resolve('V-over');
    await service.published('V-over', 'OrderDrained');
    expect(await askAgain('V-over')).toBe('order_closed');
  });

  it('is locked for itself alone', async () => {
    await underReview('V-mine');
    await service.resolve('V-yours');
    expect(await askAgain('V-mine')).toBe('money_under_review');
    await service.world.bus.expectDrained('payment-session', [payments]);
  });
});
