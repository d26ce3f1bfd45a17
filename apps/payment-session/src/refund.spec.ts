import { type DataOf, orders, type SessionRequestEvent, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { baht, PaymentSessionService, pesos } from './fixtures/payment-session.specs.js';

type Request = DataOf<SessionRequestEvent, 'RefundRequested'>;
const ringgit = (value: string) => ({ value, currency: 'MYR' });
const bank = (bankName: string, amount = pesos('10000')) => ({ bankChoice: { bankName }, amount });

describe('a refund', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open({}, { refundTakesMs: 300 });
  });
  afterAll(() => service.stop());

  /** An order that a bank has paid which knows refunds. */
  const paid = async (orderId: string, choice = bank('BPI')) => {
    await service.openSession(orderId, `ps_${orderId}`, choice);
    return service.pay(orderId, `ps_${orderId}`);
  };
  const ask = (orderId: string, refundRequestId: string, change: Partial<Request> = {}) =>
    service.world.bus.say(sessionRequests, 'RefundRequested', {
      ...{ orderId, paymentSessionId: `ps_${orderId}`, refundRequestId, amount: pesos('4000') },
      ...{ reason: 'the cup was empty', requestedBy: 'shop' },
      ...change,
    });
  const answered = (orderId: string, answer: string) =>
    service.published(orderId, 'RefundAnswered', (data) => data['answer'] === answer);
  const rejected = (orderId: string, id: string) =>
    service.published(orderId, 'RefundRejected', (data) => data['refundRequestId'] === id);
  const givenBack = (orderId: string) =>
    service.antom
      .ledger()
      .filter(({ kind, referenceOrderId }) => kind === 'refund' && referenceOrderId === orderId)
      .map(({ amount }) => amount.value);
  const refundAtAntom = (id: string) => service.antom.refunds().find(({ refundRequestId }) => refundRequestId === id);

  it('is told of before Antom is asked, which notifies notification of it', async () => {
    const paymentId = await paid('R-1');
    await ask('R-1', 'rf_1');
    expect(await answered('R-1', 'succeeded')).toMatchObject({ refundRequestId: 'rf_1' });
    expect(service.types('R-1').slice(1)).toEqual(['RefundStarted', 'RefundAnswered']);
    expect(service.dataOf('R-1', 'RefundStarted')).toEqual([
      {
        ...{ orderId: 'R-1', paymentSessionId: 'ps_R-1', paymentId },
        ...{ refundRequestId: 'rf_1', amount: pesos('4000'), cause: 'requested' },
      },
    ]);
    expect(givenBack('R-1')).toEqual(['4000']);
    expect(refundAtAntom('rf_1')?.notifyUrl).toBe('http://127.0.0.1:9/webhooks/antom/refunds');
  });

  it('may come in parts, whose sum is never more than the payment', async () => {
    await ask('R-1', 'rf_2', { amount: pesos('6001') });
    expect(await rejected('R-1', 'rf_2')).toMatchObject({
      ...{ code: 'refund_exceeds_payment', errors: [{ field: 'amount' }] },
    });
    await ask('R-1', 'rf_3', { amount: pesos('6000') });
    await eventually(() => expect(givenBack('R-1')).toEqual(['4000', '6000']));
    await ask('R-1', 'rf_4', { amount: pesos('1') });
    expect(await rejected('R-1', 'rf_4')).toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it('happens once under one id, however often it is asked for', async () => {
    await paid('R-twice');
    await ask('R-twice', 'rf_twice');
    await ask('R-twice', 'rf_twice');
    await answered('R-twice', 'succeeded');
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(service.dataOf('R-twice', 'RefundStarted')).toHaveLength(1);
    expect(givenBack('R-twice')).toEqual(['4000']);
  });

  it('is refused before anything is sent where the bank knows none', async () => {
    await paid('R-thai', { bankChoice: { bankName: 'Siam Commerical Bank' }, amount: baht('160') });
    await ask('R-thai', 'rf_thai', { amount: baht('160') });
    expect(await rejected('R-thai', 'rf_thai')).toMatchObject({ code: 'method_not_refundable' });
    expect(refundAtAntom('rf_thai')).toBeUndefined();
  });

  it('is in the currency of the payment', async () => {
    await paid('R-currency');
    await ask('R-currency', 'rf_currency', { amount: baht('100') });
    expect(await rejected('R-currency', 'rf_currency')).toMatchObject({ code: 'refund_currency_differs' });
  });

  it('waits for the success of its payment, which the merchant may know before', async () => {
    await service.openSession('R-early', 'ps_R-early', bank('BPI'));
    await ask('R-early', 'rf_early');
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(service.types('R-early')).toEqual(['PaymentSessionCreated']);
    await service.pay('R-early', 'ps_R-early');
    await answered('R-early', 'succeeded');
  });

  it('is refused where no success comes, and at once where there was no attempt', async () => {
    await service.openSession('R-unpaid', 'ps_R-unpaid', bank('BPI'));
    await ask('R-unpaid', 'rf_unpaid');
    await ask('R-none', 'rf_none');
    expect(await rejected('R-none', 'rf_none')).toMatchObject({ code: 'payment_not_succeeded' });
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    service.clock.advance(61_000);
    expect(await rejected('R-unpaid', 'rf_unpaid')).toMatchObject({ code: 'payment_not_succeeded' });
  });

  it('that Antom refuses is a hint, and its sum is free only when payments.v1 tells that it failed', async () => {
    const paymentId = await paid('R-no', bank('UnionBank'));
    await ask('R-no', 'rf_no', { amount: pesos('10000') });
    expect(await answered('R-no', 'refused')).toMatchObject({ code: 'PROCESS_FAIL' });
    await ask('R-no', 'rf_no_2');
    expect(await rejected('R-no', 'rf_no_2')).toMatchObject({ code: 'refund_exceeds_payment' });
    await service.report('RefundFailed', {
      ...{ orderId: 'R-no', paymentSessionId: 'ps_R-no', paymentId },
      ...{ refundRequestId: 'rf_no', amount: pesos('10000'), code: 'PROCESS_FAIL', message: '' },
    });
    await ask('R-no', 'rf_no_3');
    await service.published('R-no', 'RefundStarted', (data) => data['refundRequestId'] === 'rf_no_3');
  });

  it('that Antom takes its time for is asked for with the same bytes until it is done', async () => {
    await paid('R-slow', bank('FPX', ringgit('10000')));
    await ask('R-slow', 'rf_slow', { amount: ringgit('4000') });
    expect(await answered('R-slow', 'processing')).toMatchObject({ code: 'REFUND_IN_PROCESS' });
    await service.publishedLater('R-slow', 'RefundAnswered', ({ answer }) => answer === 'succeeded');
    expect(givenBack('R-slow')).toEqual(['4000']);
  });

  it('whose answer was lost is asked for again, and happens once', async () => {
    await paid('R-lost');
    service.antom.disturb({ fault: 'unavailable', call: 'refund', when: 'after' });
    await ask('R-lost', 'rf_lost');
    await eventually(() => expect(givenBack('R-lost')).toEqual(['4000']));
    await service.publishedLater('R-lost', 'RefundAnswered');
    expect(service.dataOf('R-lost', 'RefundAnswered')).toMatchObject([{ answer: 'succeeded' }]);
    expect(givenBack('R-lost')).toEqual(['4000']);
  });

  it('is not called refused by a refusal after a call that Antom did not answer', async () => {
    await paid('R-doubt');
    service.antom.disturb({ fault: 'unavailable', call: 'refund' });
    service.antom.disturb({ fault: 'reject', call: 'refund', code: 'PROCESS_FAIL', times: 2 });
    await ask('R-doubt', 'rf_doubt');
    await service.publishedLater('R-doubt', 'RefundAnswered');
    expect(service.dataOf('R-doubt', 'RefundAnswered')).toMatchObject([{ answer: 'succeeded' }]);
  });

  it('that Antom never answers ends as unanswered, and its sum stays taken', async () => {
    await paid('R-silent');
    service.antom.disturb({ fault: 'unavailable', call: 'refund', times: 'always' });
    await ask('R-silent', 'rf_silent', { amount: pesos('10000') });
    expect(await service.publishedLater('R-silent', 'RefundAnswered')).toMatchObject({ answer: 'unanswered' });
    service.antom.reset();
    await ask('R-silent', 'rf_silent_2');
    expect(await rejected('R-silent', 'rf_silent_2')).toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it.each([
    [
      'Antom returned',
      (orderId: string, paymentId: string) =>
        service.report('PaymentReturned', {
          ...{ orderId, paymentSessionId: `ps_${orderId}`, paymentId, returnId: 'dashboard-1', cause: 'refund' },
          ...{ amount: pesos('7000'), returnedAt: service.in(0), evidence: {} },
        }),
    ],
    [
      'a refund of ours gave back',
      (orderId: string, paymentId: string) =>
        service.report('RefundSucceeded', {
          ...{ orderId, paymentSessionId: `ps_${orderId}`, paymentId, refundRequestId: 'rf_restored' },
          ...{ amount: pesos('7000'), refundedAt: service.in(0) },
        }),
    ],
    [
      'the merchant gave back outside of Antom',
      async (orderId: string, paymentId: string) => {
        for (const [origin, refundId] of [
          ['outside', 'transfer-1'],
          ['unasked', 'dashboard-1'],
        ] as const)
          await service.world.bus.say(orders, 'OrderRefunded', {
            ...{ orderId, paymentSessionId: `ps_${orderId}`, paymentId, origin, refundId, kept: true },
            ...{ amount: pesos('7000'), refunded: pesos('7000'), remainder: pesos('3000'), refundedAt: service.in(0) },
          });
        await service.world.bus.expectDrained('payment-session', [orders]);
      },
    ],
  ])('can take less after %s money, which counts once', async (words, giveBack) => {
    const orderId = `R-back-${words.split(' ')[0]}-${words.length}`;
    await giveBack(orderId, await paid(orderId));
    await ask(orderId, `rf_${orderId}`);
    expect(await rejected(orderId, `rf_${orderId}`)).toMatchObject({
      message: expect.stringContaining('only 3000 PHP') as unknown,
    });
  });

  it('counts once where it is told again, and reserves nothing any more', async () => {
    const paymentId = await paid('R-counted');
    await ask('R-counted', 'rf_counted', { amount: pesos('10000') });
    await answered('R-counted', 'succeeded');
    await service.report('RefundSucceeded', {
      ...{ orderId: 'R-counted', paymentSessionId: 'ps_R-counted', paymentId, refundRequestId: 'rf_counted' },
      ...{ amount: pesos('10000'), refundedAt: service.in(0) },
    });
    await ask('R-counted', 'rf_counted_2', { amount: pesos('1') });
    expect(await rejected('R-counted', 'rf_counted_2')).toMatchObject({
      message: expect.stringContaining('only 0 PHP') as unknown,
    });
  });

  it('is possible of money that came after a cancel, which locks nothing (M14)', async () => {
    await service.openSession('R-late', 'ps_R-late', bank('BPI'));
    await service.attention('R-late', { kind: 'after-cancel', received: pesos('10000') });
    await ask('R-late', 'rf_late', { paymentId: 'pay-1' });
    expect(await service.published('R-late', 'RefundStarted')).toMatchObject({
      paymentId: 'pay-1',
      cause: 'requested',
    });
    await service.request('R-late', 'ps_R-late_2', { ...bank('BPI'), bankChoice: { region: 'TH' } });
    expect(await service.published('R-late', 'PaymentSessionRejected')).not.toMatchObject({
      code: 'money_under_review',
    });
  });

  describe('of an order that was paid twice', () => {
    const started = (orderId: string, id: string) =>
      service.published(orderId, 'RefundStarted', (data) => data['refundRequestId'] === id);
    const duplicate = async (orderId: string, choice = bank('BPI')) => {
      const first = await paid(orderId, choice);
      await service.succeed(orderId, 'pay-2', { amount: choice.amount });
      return first;
    };
    /** A person resolves the case of the duplicate by a refund. */
    const refundByCase = (orderId: string, id: string, paymentId: string, amount = pesos('10000')) =>
      service.resolve(orderId, {
        ...{ kind: 'duplicate-payment', resolution: 'refund', status: 'refunding' },
        ...{ refundRequestId: id, paymentId, amount, openCases: 1 },
      });

    it('is refused while both payments stand, but to the person who resolves the case (M14)', async () => {
      await duplicate('R-two');
      await ask('R-two', 'rf_two');
      expect(await rejected('R-two', 'rf_two')).toMatchObject({ code: 'duplicate_open' });
      await refundByCase('R-two', 'rf_case', 'pay-2');
      expect(await started('R-two', 'rf_case')).toMatchObject({
        ...{ paymentId: 'pay-2', cause: 'case', caseId: 'duplicate-payment/ps_R-two/pay-2' },
      });
    });

    it('goes on when one of them went back, and takes from the one that is named', async () => {
      const first = await duplicate('R-one-left');
      await service.report('PaymentReturned', {
        ...{ orderId: 'R-one-left', paymentSessionId: 'ps_R-one-left', paymentId: 'pay-2', returnId: 'r-1' },
        ...{ cause: 'cancel', amount: pesos('10000'), returnedAt: service.in(0), evidence: {} },
      });
      await ask('R-one-left', 'rf_left');
      expect(await started('R-one-left', 'rf_left')).toMatchObject({ paymentId: first });
      await ask('R-one-left', 'rf_gone', { paymentId: 'pay-2', amount: pesos('1') });
      expect(await rejected('R-one-left', 'rf_gone')).toMatchObject({ code: 'refund_exceeds_payment' });
    });

    it('goes on when a person has decided otherwise', async () => {
      await duplicate('R-decided');
      await service.resolve('R-decided', { kind: 'duplicate-payment', resolution: 'no-action', paymentId: 'pay-2' });
      await ask('R-decided', 'rf_decided', { paymentId: 'pay-2' });
      expect(await started('R-decided', 'rf_decided')).toMatchObject({ paymentId: 'pay-2' });
    });

    it('never takes more than the payment of the case, and tells the case so', async () => {
      await duplicate('R-each');
      await refundByCase('R-each', 'rf_each', 'pay-2');
      await started('R-each', 'rf_each');
      await refundByCase('R-each', 'rf_each_2', 'pay-2', pesos('1'));
      expect(await rejected('R-each', 'rf_each_2')).toMatchObject({
        ...{ code: 'refund_exceeds_payment', caseId: 'duplicate-payment/ps_R-each/pay-2' },
      });
    });

    it('waits for the money of its payment, and is refused where none comes', async () => {
      await paid('R-later');
      await refundByCase('R-later', 'rf_later', 'pay-2');
      await ask('R-later', 'rf_never', { paymentId: 'not-paid' });
      await service.world.bus.expectDrained('payment-session', [sessionRequests]);
      expect(service.types('R-later')).toEqual(['PaymentSessionCreated']);
      await service.succeed('R-later', 'pay-2', { amount: pesos('10000') });
      expect(await started('R-later', 'rf_later')).toMatchObject({ paymentId: 'pay-2' });
      service.clock.advance(61_000);
      expect(await rejected('R-later', 'rf_never')).toMatchObject({ code: 'payment_not_succeeded' });
    });

    it('is refused before anything is sent where the bank knows none', async () => {
      await duplicate('R-thai-2', { bankChoice: { bankName: 'Siam Commerical Bank' }, amount: baht('160') });
      await refundByCase('R-thai-2', 'rf_thai_2', 'pay-2', baht('160'));
      expect(await rejected('R-thai-2', 'rf_thai_2')).toMatchObject({ code: 'method_not_refundable' });
      expect(refundAtAntom('rf_thai_2')).toBeUndefined();
    });
  });
});
