import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { PaymentSessionService, pesos, rupiah } from './fixtures/payment-session.specs.js';

describe('a payment session that is given up', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const answer = (orderId: string) => service.published(orderId, 'CancelAnswered');

  it('is abandoned before the buyer has it: Antom is not called, and a late answer is never published', async () => {
    service.holdAnswer('ps_early');
    await service.request('O-early', 'ps_early');
    await eventually(() => expect(service.calls('ps_early')).toEqual(['createPaymentSession']));
    await service.cancel('O-early', 'ps_early');
    expect(await service.published('O-early', 'PaymentSessionRejected')).toMatchObject({
      stage: 'abandoned',
      code: 'cancelled',
      watch: {
        amount: { value: '160', currency: 'THB' },
        sessionExpiresAt: expect.any(String) as string,
        endsAt: expect.any(String) as string,
      },
    });
    service.letAnswersGo();
    await eventually(() => expect(service.sessionAtAntom('ps_early')).toBeDefined());
    await service.openSession('O-early', 'ps_early_2');
    expect(service.types('O-early')).toEqual(['PaymentSessionRejected', 'PaymentSessionCreated']);
    expect(service.calls('ps_early')).toEqual(['createPaymentSession']);
  });

  it('is cancelled at Antom after an inquiry, which the broker was told of before', async () => {
    await service.openSession('O-begun', 'ps_begun');
    service.antom.submit('ps_begun');
    const requestId = await service.cancel('O-begun', 'ps_begun');
    expect(await answer('O-begun')).toMatchObject({ answer: 'cancelled', cause: 'requested', code: 'SUCCESS' });
    expect(service.calls('ps_begun')).toEqual(['createPaymentSession', 'inquiryPayment', 'cancel']);
    expect(service.types('O-begun')).toEqual(['PaymentSessionCreated', 'CancelStarted', 'CancelAnswered']);
    expect(service.dataOf('O-begun', 'CancelStarted')).toEqual([
      { orderId: 'O-begun', paymentSessionId: 'ps_begun', cause: 'requested' },
    ]);
    expect(() => service.antom.pay('ps_begun')).toThrow('cancelled');
    expect(service.of('O-begun').at(-1)?.headers['ce_causationid']).toBe(requestId);
  });

  it('lets the next one start as soon as Antom has answered, before payments.v1 tells of it', async () => {
    await service.openSession('O-begun', 'ps_begun_2');
    expect(await service.statusOf('ps_begun')).toBe('created');
  });

  it('ends when payments.v1 tells so, and no later success brings it back', async () => {
    const names = { orderId: 'O-begun', paymentSessionId: 'ps_begun' };
    await service.report('PaymentCancelled', names);
    expect(await service.statusOf('ps_begun')).toBe('cancelled');
    const paidAt = service.in(0);
    await service.report('PaymentSucceeded', {
      ...names,
      paymentId: '1',
      order: service.order(),
      amount: { value: '160', currency: 'THB' },
      paidAt,
    });
    expect(await service.statusOf('ps_begun')).toBe('cancelled');
  });

  it('is asked to be cancelled even where Antom knows no payment, and the answer counts', async () => {
    await service.openSession('O-unused', 'ps_unused');
    await service.cancel('O-unused', 'ps_unused');
    expect(await answer('O-unused')).toMatchObject({ answer: 'refused', code: 'ORDER_NOT_EXIST' });
    expect(service.calls('ps_unused')).toEqual(['createPaymentSession', 'inquiryPayment', 'cancel']);
  });

  it('can be given up again once the buyer has begun, after Antom knew no payment', async () => {
    service.antom.submit('ps_unused');
    await service.cancel('O-unused', 'ps_unused');
    await service.published('O-unused', 'CancelAnswered', (data) => data['answer'] === 'cancelled');
  });

  it('stays paid where Antom says that it is: no cancel is sent, and no money goes back', async () => {
    const money = { bankChoice: { bankName: 'BPI' }, amount: pesos('2500') };
    await service.openSession('O-raced', 'ps_raced', money);
    service.antom.pay('ps_raced');
    await service.cancel('O-raced', 'ps_raced');
    expect(await answer('O-raced')).toMatchObject({ answer: 'refused', code: 'payment_succeeded' });
    expect(service.calls('ps_raced')).not.toContain('cancel');
    expect(service.antom.ledger().filter(({ paymentRequestId }) => paymentRequestId === 'ps_raced')).toHaveLength(1);
  });

  it('is asked for three times at most when Antom says U, and then unanswered is the answer', async () => {
    await service.openSession('O-u', 'ps_u');
    service.antom.submit('ps_u');
    service.antom.disturb({ fault: 'unknown', call: 'cancel', match: 'ps_u', times: 'always' });
    await service.cancel('O-u', 'ps_u');
    expect(await service.publishedLater('O-u', 'CancelAnswered')).toMatchObject({ answer: 'unanswered' });
    expect(service.calls('ps_u').filter((call) => call === 'cancel')).toHaveLength(3);
  });

  it('is cancelled where only the answer was lost: the next inquiry finds it so', async () => {
    await service.openSession('O-lost', 'ps_lost');
    service.antom.submit('ps_lost');
    service.antom.disturb({ fault: 'unavailable', call: 'cancel', match: 'ps_lost', when: 'after' });
    await service.cancel('O-lost', 'ps_lost');
    expect(await service.publishedLater('O-lost', 'CancelAnswered')).toMatchObject({ answer: 'cancelled' });
    expect(service.calls('ps_lost').filter((call) => call === 'cancel')).toHaveLength(1);
  });

  it('cannot be cancelled at a bank of Indonesia, and Antom is not called', async () => {
    await service.openSession('O-id', 'ps_id', { bankChoice: { bankName: 'BNI' }, amount: rupiah('1500000') });
    await service.cancel('O-id', 'ps_id');
    expect(await answer('O-id')).toMatchObject({ answer: 'impossible', code: 'method_not_cancellable' });
    expect(service.calls('ps_id')).toEqual(['createPaymentSession']);
    expect(service.types('O-id')).not.toContain('CancelStarted');
  });

  it.each([
    ['was cancelled', 'PaymentCancelled', 'cancelled', 'already_cancelled'],
    ['has expired', 'PaymentExpired', 'refused', 'attempt_expired'],
  ] as const)('is answered for where it %s before, and Antom is not called', async (_, end, said, code) => {
    const [orderId, id] = [`O-${end}`, `ps_${end}`];
    await service.openSession(orderId, id);
    await service.report(end, { orderId, paymentSessionId: id });
    await service.cancel(orderId, id);
    expect(await answer(orderId)).toMatchObject({ answer: said, code });
    expect(service.calls(id)).toEqual(['createPaymentSession']);
  });

  it('is answered for where no attempt was started', async () => {
    await service.cancel('O-none', 'ps_none');
    expect(await answer('O-none')).toMatchObject({ answer: 'refused', code: 'attempt_unknown' });
  });

  it('is answered for once, however often the same request arrives', async () => {
    const request = { orderId: 'O-none', paymentSessionId: 'ps_none' };
    const id = '9f3c2a52-7f1f-4d0e-8c51-111111111111';
    for (let times = 0; times < 3; times++)
      await service.world.bus.say(sessionRequests, 'PaymentCancelRequested', request, id);
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    await eventually(() => expect(service.dataOf('O-none', 'CancelAnswered')).toHaveLength(2));
  });
});
