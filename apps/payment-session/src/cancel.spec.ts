import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { Mouth, pesos, rupiah } from './fixtures/mouth.specs.js';

describe('a payment session that is given up', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open();
  });
  afterAll(() => mouth.close());

  const answer = (orderId: string) => mouth.heard(orderId, 'CancelAnswered');

  it('is abandoned before anybody has it: nobody is called, and a late answer is never published', async () => {
    mouth.holdAnswer('ps_early');
    await mouth.request('O-early', 'ps_early');
    await eventually(() => expect(mouth.calls('ps_early')).toEqual(['createPaymentSession']));
    await mouth.cancel('O-early', 'ps_early');
    expect(await mouth.heard('O-early', 'PaymentSessionRejected')).toMatchObject({
      stage: 'abandoned',
      code: 'cancelled',
      watch: { amount: { value: '160', currency: 'THB' }, endsAt: expect.any(String) as string },
    });
    mouth.letAnswersGo();
    await eventually(() => expect(mouth.sessionAtAntom('ps_early')).toBeDefined());
    await mouth.openSession('O-early', 'ps_early_2');
    expect(mouth.told('O-early')).toEqual(['PaymentSessionRejected', 'PaymentSessionCreated']);
    expect(mouth.calls('ps_early')).toEqual(['createPaymentSession']);
  });

  it('is cancelled at Antom, after the question how it stands', async () => {
    await mouth.openSession('O-begun', 'ps_begun');
    mouth.antom.submit('ps_begun');
    const requestId = await mouth.cancel('O-begun', 'ps_begun');
    expect(await answer('O-begun')).toMatchObject({ answer: 'cancelled', cause: 'requested', code: 'SUCCESS' });
    expect(mouth.calls('ps_begun')).toEqual(['createPaymentSession', 'inquiryPayment', 'cancel']);
    expect(() => mouth.antom.pay('ps_begun')).toThrow('cancelled');
    expect(mouth.of('O-begun').at(-1)?.headers['ce_causationid']).toBe(requestId);
  });

  it('lets the next one start as soon as Antom has answered, before the ear has spoken', async () => {
    await mouth.openSession('O-begun', 'ps_begun_2');
    expect(await mouth.statusOf('ps_begun')).toBe('created');
  });

  it('ends when the ear says so, and no later success brings it back', async () => {
    const names = { orderId: 'O-begun', paymentSessionId: 'ps_begun', paymentRequestId: 'ps_begun' };
    await mouth.ear('PaymentCancelled', names);
    expect(await mouth.statusOf('ps_begun')).toBe('cancelled');
    const paidAt = mouth.in(0);
    await mouth.ear('PaymentSucceeded', {
      ...names,
      paymentId: '1',
      order: mouth.order(),
      amount: { value: '160', currency: 'THB' },
      paidAt,
    });
    expect(await mouth.statusOf('ps_begun')).toBe('cancelled');
  });

  it('is asked to be cancelled even where Antom knows no payment, and the answer counts', async () => {
    await mouth.openSession('O-unused', 'ps_unused');
    await mouth.cancel('O-unused', 'ps_unused');
    expect(await answer('O-unused')).toMatchObject({ answer: 'refused', code: 'ORDER_NOT_EXIST' });
    expect(mouth.calls('ps_unused')).toEqual(['createPaymentSession', 'inquiryPayment', 'cancel']);
  });

  it('can be given up again once the buyer has begun, after Antom knew no payment', async () => {
    mouth.antom.submit('ps_unused');
    await mouth.cancel('O-unused', 'ps_unused');
    await mouth.heard('O-unused', 'CancelAnswered', (data) => data['answer'] === 'cancelled');
  });

  it('stays paid where Antom says that it is: no cancel is sent, and no money goes back', async () => {
    const money = { bankChoice: { bankName: 'BPI' }, amount: pesos('2500') };
    await mouth.openSession('O-raced', 'ps_raced', money);
    mouth.antom.pay('ps_raced');
    await mouth.cancel('O-raced', 'ps_raced');
    expect(await answer('O-raced')).toMatchObject({ answer: 'refused', code: 'payment_succeeded' });
    expect(mouth.calls('ps_raced')).not.toContain('cancel');
    expect(mouth.antom.ledger().filter(({ paymentRequestId }) => paymentRequestId === 'ps_raced')).toHaveLength(1);
  });

  it('is asked for three times at most when Antom says U, and then unanswered is the answer', async () => {
    await mouth.openSession('O-u', 'ps_u');
    mouth.antom.submit('ps_u');
    mouth.antom.disturb({ fault: 'unknown', call: 'cancel', match: 'ps_u', times: 'always' });
    await mouth.cancel('O-u', 'ps_u');
    expect(await mouth.heardLater('O-u', 'CancelAnswered')).toMatchObject({ answer: 'unanswered' });
    expect(mouth.calls('ps_u').filter((call) => call === 'cancel')).toHaveLength(3);
  });

  it('is cancelled where only the answer was lost: the next question finds it so', async () => {
    await mouth.openSession('O-lost', 'ps_lost');
    mouth.antom.submit('ps_lost');
    mouth.antom.disturb({ fault: 'unavailable', call: 'cancel', match: 'ps_lost', when: 'after' });
    await mouth.cancel('O-lost', 'ps_lost');
    expect(await mouth.heardLater('O-lost', 'CancelAnswered')).toMatchObject({ answer: 'cancelled' });
    expect(mouth.calls('ps_lost').filter((call) => call === 'cancel')).toHaveLength(1);
  });

  it('cannot be cancelled at a bank of Indonesia, and nobody is called', async () => {
    await mouth.openSession('O-id', 'ps_id', { bankChoice: { bankName: 'BNI' }, amount: rupiah('1500000') });
    await mouth.cancel('O-id', 'ps_id');
    expect(await answer('O-id')).toMatchObject({ answer: 'impossible', code: 'method_not_cancellable' });
    expect(mouth.calls('ps_id')).toEqual(['createPaymentSession']);
  });

  it.each([
    ['was cancelled', 'PaymentCancelled', 'cancelled', 'already_cancelled'],
    ['has expired', 'PaymentExpired', 'refused', 'attempt_expired'],
  ] as const)('is answered for where it %s before, and nobody is called', async (_, end, said, code) => {
    const [orderId, id] = [`O-${end}`, `ps_${end}`];
    await mouth.openSession(orderId, id);
    await mouth.ear(end, { orderId, paymentSessionId: id, paymentRequestId: id });
    await mouth.cancel(orderId, id);
    expect(await answer(orderId)).toMatchObject({ answer: said, code });
    expect(mouth.calls(id)).toEqual(['createPaymentSession']);
  });

  it('is answered for where no attempt was started', async () => {
    await mouth.cancel('O-none', 'ps_none');
    expect(await answer('O-none')).toMatchObject({ answer: 'refused', code: 'attempt_unknown' });
  });

  it('is answered for once, however often the same request arrives', async () => {
    const request = { orderId: 'O-none', paymentSessionId: 'ps_none' };
    const id = '9f3c2a52-7f1f-4d0e-8c51-111111111111';
    for (let times = 0; times < 3; times++)
      await mouth.world.bus.say(sessionRequests, 'PaymentCancelRequested', request, id);
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    await eventually(() => expect(mouth.dataOf('O-none', 'CancelAnswered')).toHaveLength(2));
  });
});
