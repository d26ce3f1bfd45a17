import { type DataOf, type SessionRequestEvent, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { baht, Mouth, pesos } from './fixtures/mouth.specs.js';
import { parseSecondAttempt } from './domain/second-attempt.js';

type Request = DataOf<SessionRequestEvent, 'RefundRequested'>;
const ringgit = (value: string) => ({ value, currency: 'MYR' });
const bank = (bankName: string, amount = pesos('10000')) => ({ bankChoice: { bankName }, amount });

describe('a refund', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open({ SECOND_ATTEMPT: parseSecondAttempt('OTHER:supersede') }, { refundTakesMs: 300 });
  });
  afterAll(() => mouth.close());

  /** An order that a bank has paid which knows refunds. */
  const paid = async (orderId: string, wish = bank('BPI')) => {
    await mouth.openSession(orderId, `ps_${orderId}`, wish);
    return mouth.pay(orderId, `ps_${orderId}`);
  };
  const ask = (orderId: string, refundRequestId: string, change: Partial<Request> = {}) =>
    mouth.world.bus.say(sessionRequests, 'RefundRequested', {
      ...{ orderId, paymentSessionId: `ps_${orderId}`, refundRequestId, amount: pesos('4000') },
      ...{ reason: 'the cup was empty', requestedBy: 'shop' },
      ...change,
    });
  const answered = (orderId: string, answer: string) =>
    mouth.heard(orderId, 'RefundAnswered', (data) => data['answer'] === answer);
  const rejected = (orderId: string, id: string) =>
    mouth.heard(orderId, 'RefundRejected', (data) => data['refundRequestId'] === id);
  const givenBack = (orderId: string) =>
    mouth.antom
      .ledger()
      .filter(({ kind, referenceOrderId }) => kind === 'refund' && referenceOrderId === orderId)
      .map(({ amount }) => amount.value);
  const refundAtAntom = (id: string) => mouth.antom.refunds().find(({ refundRequestId }) => refundRequestId === id);

  it('is told of before Antom is asked, and its news goes to the ear', async () => {
    const paymentId = await paid('R-1');
    await ask('R-1', 'rf_1');
    expect(await answered('R-1', 'succeeded')).toMatchObject({ refundRequestId: 'rf_1' });
    expect(mouth.told('R-1').slice(1)).toEqual(['RefundStarted', 'RefundAnswered']);
    expect(mouth.dataOf('R-1', 'RefundStarted')).toEqual([
      {
        ...{ orderId: 'R-1', paymentSessionId: 'ps_R-1', paymentRequestId: 'ps_R-1', paymentId },
        ...{ refundRequestId: 'rf_1', amount: pesos('4000'), cause: 'requested' },
      },
    ]);
    expect(givenBack('R-1')).toEqual(['4000']);
    expect(refundAtAntom('rf_1')?.notifyUrl).toBe('http://127.0.0.1:9/webhooks/antom/refunds');
  });

  it('may come in parts, whose sum is never more than the payment', async () => {
    await ask('R-1', 'rf_2', { amount: pesos('6001') });
    expect(await rejected('R-1', 'rf_2')).toMatchObject({ code: 'refund_exceeds_payment' });
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
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(mouth.dataOf('R-twice', 'RefundStarted')).toHaveLength(1);
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

  it('waits for the success of its payment, which the merchant may have heard of before', async () => {
    await mouth.openSession('R-early', 'ps_R-early', bank('BPI'));
    await ask('R-early', 'rf_early');
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(mouth.told('R-early')).toEqual(['PaymentSessionCreated']);
    await mouth.pay('R-early', 'ps_R-early');
    await answered('R-early', 'succeeded');
  });

  it('is refused where no success comes, and at once where there was no attempt', async () => {
    await mouth.openSession('R-unpaid', 'ps_R-unpaid', bank('BPI'));
    await ask('R-unpaid', 'rf_unpaid');
    await ask('R-none', 'rf_none');
    expect(await rejected('R-none', 'rf_none')).toMatchObject({ code: 'payment_not_succeeded' });
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    mouth.clock.advance(61_000);
    expect(await rejected('R-unpaid', 'rf_unpaid')).toMatchObject({ code: 'payment_not_succeeded' });
  });

  it('that Antom refuses is a hint, and its sum is free only when the ear has made sure', async () => {
    const paymentId = await paid('R-no', bank('UnionBank'));
    await ask('R-no', 'rf_no', { amount: pesos('10000') });
    expect(await answered('R-no', 'refused')).toMatchObject({ code: 'PROCESS_FAIL' });
    await ask('R-no', 'rf_no_2');
    expect(await rejected('R-no', 'rf_no_2')).toMatchObject({ code: 'refund_exceeds_payment' });
    await mouth.ear('RefundFailed', {
      ...{ orderId: 'R-no', paymentSessionId: 'ps_R-no', paymentRequestId: 'ps_R-no', paymentId },
      ...{ refundRequestId: 'rf_no', amount: pesos('10000'), code: 'PROCESS_FAIL', message: '' },
    });
    await ask('R-no', 'rf_no_3');
    await mouth.heard('R-no', 'RefundStarted', (data) => data['refundRequestId'] === 'rf_no_3');
  });

  it('that Antom takes its time for is asked for with the same bytes until it is done', async () => {
    await paid('R-slow', bank('FPX', ringgit('10000')));
    await ask('R-slow', 'rf_slow', { amount: ringgit('4000') });
    expect(await answered('R-slow', 'processing')).toMatchObject({ code: 'REFUND_IN_PROCESS' });
    await mouth.heardLater('R-slow', 'RefundAnswered', ({ answer }) => answer === 'succeeded');
    expect(givenBack('R-slow')).toEqual(['4000']);
  });

  it('whose answer was lost is asked for again, and happens once', async () => {
    await paid('R-lost');
    mouth.antom.disturb({ fault: 'unavailable', call: 'refund', when: 'after' });
    await ask('R-lost', 'rf_lost');
    await eventually(() => expect(givenBack('R-lost')).toEqual(['4000']));
    await mouth.heardLater('R-lost', 'RefundAnswered');
    expect(mouth.dataOf('R-lost', 'RefundAnswered')).toMatchObject([{ answer: 'succeeded' }]);
    expect(givenBack('R-lost')).toEqual(['4000']);
  });

  it('is not called refused by a refusal after a call that nobody answered', async () => {
    await paid('R-doubt');
    mouth.antom.disturb({ fault: 'unavailable', call: 'refund' });
    mouth.antom.disturb({ fault: 'reject', call: 'refund', code: 'PROCESS_FAIL', times: 2 });
    await ask('R-doubt', 'rf_doubt');
    await mouth.heardLater('R-doubt', 'RefundAnswered');
    expect(mouth.dataOf('R-doubt', 'RefundAnswered')).toMatchObject([{ answer: 'succeeded' }]);
  });

  it('that Antom never answers ends as unanswered, and its sum stays taken', async () => {
    await paid('R-silent');
    mouth.antom.disturb({ fault: 'unavailable', call: 'refund', times: 'always' });
    await ask('R-silent', 'rf_silent', { amount: pesos('10000') });
    expect(await mouth.heardLater('R-silent', 'RefundAnswered')).toMatchObject({ answer: 'unanswered' });
    mouth.antom.reset();
    await ask('R-silent', 'rf_silent_2');
    expect(await rejected('R-silent', 'rf_silent_2')).toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it('that nobody asked for leaves less to give back', async () => {
    const paymentId = await paid('R-unasked');
    await mouth.ear('RefundSucceeded', {
      ...{ orderId: 'R-unasked', paymentSessionId: 'ps_R-unasked', paymentRequestId: 'ps_R-unasked', paymentId },
      ...{ refundRequestId: 'dashboard-1', amount: pesos('7000'), refundedAt: mouth.in(0), origin: 'unasked' },
    });
    await ask('R-unasked', 'rf_unasked');
    expect(await rejected('R-unasked', 'rf_unasked')).toMatchObject({
      message: expect.stringContaining('3000 PHP') as unknown,
    });
  });

  describe('of one of two payments of an attempt', () => {
    const startedOf = (orderId: string) =>
      mouth.dataOf(orderId, 'RefundStarted').map((data) => [data['refundRequestId'], data['paymentId']]);
    const started = (orderId: string, id: string) =>
      mouth.heard(orderId, 'RefundStarted', (data) => data['refundRequestId'] === id);
    const secondSuccess = (orderId: string, paymentId: string) =>
      mouth.ear('PaymentSucceeded', {
        ...{ orderId, paymentSessionId: `ps_${orderId}`, paymentRequestId: `ps_${orderId}`, paymentId },
        ...{ order: mouth.order(pesos('10000')), amount: pesos('10000'), paidAt: mouth.in(0) },
      });
    /** An attempt that the bank has charged twice, and whose second payment the ear has not told of yet. */
    const charged = async (orderId: string, wish = bank('BPI')) => {
      await mouth.openSession(orderId, `ps_${orderId}`, wish);
      mouth.antom.rule({ scenario: 'charged_twice', match: `ps_${orderId}` });
      const first = await mouth.pay(orderId, `ps_${orderId}`);
      const charges = mouth.antom.ledger().filter(({ referenceOrderId }) => referenceOrderId === orderId);
      const second = charges.map(({ paymentId }) => paymentId).find((paymentId) => paymentId !== first);
      return { first, second: second! };
    };

    it('takes it from the payment that is named, and from the first where none is', async () => {
      const { first, second } = await charged('R-two');
      await secondSuccess('R-two', second);
      await ask('R-two', 'rf_two_2', { paymentId: second });
      await started('R-two', 'rf_two_2');
      await ask('R-two', 'rf_two_1');
      await started('R-two', 'rf_two_1');
      expect(startedOf('R-two')).toEqual([
        ['rf_two_2', second],
        ['rf_two_1', first],
      ]);
      await eventually(() => expect(givenBack('R-two')).toEqual(['4000', '4000']));
      expect(refundAtAntom('rf_two_2')).toMatchObject({ paymentId: second });
      expect(refundAtAntom('rf_two_1')).toMatchObject({ paymentId: first });
    });

    it('never takes more than that payment, whatever is left of the other', async () => {
      const { first, second } = await charged('R-each');
      await secondSuccess('R-each', second);
      await ask('R-each', 'rf_each_2', { paymentId: second, amount: pesos('10000') });
      await started('R-each', 'rf_each_2');
      await ask('R-each', 'rf_each_3', { paymentId: second, amount: pesos('1') });
      expect(await rejected('R-each', 'rf_each_3')).toMatchObject({ code: 'refund_exceeds_payment' });
      await ask('R-each', 'rf_each_1', { amount: pesos('10000') });
      expect(await started('R-each', 'rf_each_1')).toMatchObject({ paymentId: first });
      await ask('R-each', 'rf_each_4', { amount: pesos('1') });
      expect(await rejected('R-each', 'rf_each_4')).toMatchObject({ code: 'refund_exceeds_payment' });
    });

    it('waits for the success of that payment, and is refused where none comes', async () => {
      const { second } = await charged('R-later');
      await ask('R-later', 'rf_later', { paymentId: second });
      await ask('R-later', 'rf_never', { paymentId: 'nobody-paid-this' });
      await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
      expect(startedOf('R-later')).toEqual([]);
      await secondSuccess('R-later', second);
      expect(await started('R-later', 'rf_later')).toMatchObject({ paymentId: second });
      mouth.clock.advance(61_000);
      expect(await rejected('R-later', 'rf_never')).toMatchObject({ code: 'payment_not_succeeded' });
    });

    it('is refused before anything is sent where the bank knows none', async () => {
      const { second } = await charged('R-twice-thai', {
        bankChoice: { bankName: 'Siam Commerical Bank' },
        amount: baht('160'),
      });
      await mouth.ear('PaymentSucceeded', {
        ...{ orderId: 'R-twice-thai', paymentSessionId: 'ps_R-twice-thai', paymentRequestId: 'ps_R-twice-thai' },
        ...{ paymentId: second, order: mouth.order(), amount: baht('160'), paidAt: mouth.in(0) },
      });
      await ask('R-twice-thai', 'rf_twice_thai', { paymentId: second, amount: baht('160') });
      expect(await rejected('R-twice-thai', 'rf_twice_thai')).toMatchObject({ code: 'method_not_refundable' });
      expect(refundAtAntom('rf_twice_thai')).toBeUndefined();
    });
  });
});
