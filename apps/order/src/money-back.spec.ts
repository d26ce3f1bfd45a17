import { payments } from '@kasir/contracts';
import { order } from './app.module.js';
import { type Case } from './domain/case.js';
import { baht, type Harness, openHarness } from './testing/harness.specs.js';

describe('money that goes back', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(order);
  });
  afterAll(() => harness.world.stop());

  it('is told of once per refund, with what is left of the payment that pays the order', async () => {
    await pay('R-1', 'ps_1', 'pay-1');
    for (let n = 0; n < 2; n++) await harness.refunded('R-1', 'ps_1', ['pay-1', 'rf_1a', '60']);
    await harness.refunded('R-1', 'ps_1', ['pay-1', 'rf_1b', '100']);
    await harness.settled();
    expect(harness.dataOf('R-1', 'OrderRefunded')).toMatchObject([
      { refundId: 'rf_1a', origin: 'requested', kept: true, refunded: baht('60'), remainder: baht('100') },
      { refundId: 'rf_1b', origin: 'requested', kept: true, refunded: baht('160'), remainder: baht('0') },
    ]);
    expect(await harness.statusOf('R-1')).toBe('paid');
    expect(await casesOf('R-1')).toEqual([]);
  });

  it('is not the money that pays the order when a duplicate goes back, and that answers its case', async () => {
    await pay('R-2', 'ps_2a', 'pay-2a');
    await pay('R-2', 'ps_2b', 'pay-2b');
    await harness.refunded('R-2', 'ps_2b', ['pay-2b', 'rf_2', '160']);
    await harness.settled();
    expect(harness.published('R-2').slice(1)).toEqual([
      'OrderNeedsAttention',
      'OrderRefunded',
      'OrderAttentionResolved',
    ]);
    expect(harness.dataOf('R-2', 'OrderRefunded')).toMatchObject([{ kept: false, remainder: baht('0') }]);
    expect(harness.dataOf('R-2', 'OrderAttentionResolved')).toMatchObject([
      { kind: 'duplicate-payment', resolution: 'refund', status: 'resolved', by: 'kasir' },
    ]);
  });

  it('is told of each of two payments of one attempt by itself: which one is kept, how much went back, what is left', async () => {
    await pay('R-9', 'ps_9', 'pay-9a');
    await pay('R-9', 'ps_9', 'pay-9b');
    await harness.refunded('R-9', 'ps_9', ['pay-9b', 'rf_9b', '60']);
    await harness.refunded('R-9', 'ps_9', ['pay-9a', 'rf_9a', '10']);
    await harness.settled();
    expect(await casesOf('R-9')).toEqual(['duplicate-payment open']);
    await harness.refunded('R-9', 'ps_9', ['pay-9b', 'rf_9c', '100']);
    await harness.settled();
    const attempt = { paymentSessionId: 'ps_9' };
    expect(harness.dataOf('R-9', 'OrderRefunded')).toMatchObject([
      { ...attempt, paymentId: 'pay-9b', kept: false, refunded: baht('60'), remainder: baht('100') },
      { ...attempt, paymentId: 'pay-9a', kept: true, refunded: baht('10'), remainder: baht('150') },
      { ...attempt, paymentId: 'pay-9b', kept: false, refunded: baht('160'), remainder: baht('0') },
    ]);
    expect(await casesOf('R-9')).toEqual(['duplicate-payment resolved']);
  });

  it('waits for the payment that it is of', async () => {
    await harness.refunded('R-6', 'ps_6', ['pay-6', 'rf_6', '160']);
    await harness.settled();
    expect(harness.published('R-6')).toEqual([]);
    await pay('R-6', 'ps_6', 'pay-6');
    expect(harness.published('R-6')).toEqual(['OrderPaid', 'OrderRefunded']);
  });

  it('is a case of its own for each refund that gets no answer', async () => {
    await pay('R-7', 'ps_7', 'pay-7');
    for (const reference of ['rf_7a', 'rf_7a', 'rf_7b'])
      await harness.attention('R-7', 'ps_7', 'refund-no-answer', { paymentId: 'pay-7', reference });
    await harness.settled();
    expect(harness.dataOf('R-7', 'OrderNeedsAttention').map(({ caseId }) => caseId)).toEqual([
      'refund-no-answer/ps_7/rf_7a',
      'refund-no-answer/ps_7/rf_7b',
    ]);
  });

  it('is asked for by no one but a person: a duplicate is a case, and Kasir requests no refund of it', async () => {
    await pay('R-8', 'ps_8a', 'pay-8a');
    await pay('R-8', 'ps_8b', 'pay-8b');
    expect(harness.published('R-8')).toEqual(['OrderPaid', 'OrderNeedsAttention']);
    expect(await casesOf('R-8')).toEqual(['duplicate-payment open']);
  });

  it('moves the order to the duplicate that stands, and then leaves it unpaid, when nobody asked for it (M5, M16)', async () => {
    await pay('R-10', 'ps_10', 'pay-10a');
    await pay('R-10', 'ps_10', 'pay-10b');
    for (let n = 0; n < 2; n++) await harness.returned('R-10', 'ps_10', ['pay-10a', 're_10a', '160']);
    await harness.settled();
    expect(await harness.statusOf('R-10')).toBe('paid');
    await harness.returned('R-10', 'ps_10', ['pay-10b', 're_10b', '160']);
    await harness.settled();
    expect(harness.dataOf('R-10', 'OrderPaymentReturned')).toMatchObject([
      { returnId: 're_10a', paidBy: { paymentSessionId: 'ps_10', paymentId: 'pay-10b' } },
      { returnId: 're_10b', paidBy: null },
    ]);
    expect(await harness.statusOf('R-10')).toBe('returned');
    expect(await casesOf('R-10')).toEqual(['duplicate-payment resolved', 'payment-returned open']);
  });

  it('by the refund of a case resolves it, and by no refund that Antom refused (M14)', async () => {
    await harness.otherAmount('R-11', 'ps_11', 'pay-11');
    await harness.settled();
    const caseId = 'other-amount/ps_11/pay-11';
    const refund = async () => {
      const decision = { caseId, resolution: 'refund', reason: 'not what was asked for', by: 'mika' };
      const { body } = await harness.ask<Case>('cases.resolve', decision);
      return { refundRequestId: body.refundRequestId!, status: body.status };
    };
    const [first, again] = [await refund(), await refund()];
    expect(again).toEqual(first);
    await harness.say(payments, 'RefundFailed', {
      ...harness.payment('R-11', 'ps_11', 'pay-11'),
      ...{ refundRequestId: first.refundRequestId, amount: baht('16'), code: 'PROCESS_FAIL', message: 'no' },
    });
    await harness.settled();
    expect(await casesOf('R-11')).toEqual(['other-amount open']);
    const { refundRequestId } = await refund();
    await harness.refunded('R-11', 'ps_11', ['pay-11', refundRequestId, '16']);
    await harness.settled();
    expect(await casesOf('R-11')).toEqual(['other-amount resolved']);
    expect(harness.dataOf('R-11', 'OrderAttentionResolved')).toMatchObject([
      { status: 'refunding', amount: baht('16'), refundRequestId: first.refundRequestId, by: 'mika' },
      { status: 'refunding', amount: baht('16'), refundRequestId, by: 'mika' },
      { status: 'resolved', refundRequestId, by: 'kasir' },
    ]);
    expect(harness.dataOf('R-11', 'OrderNeedsAttention')).toHaveLength(2);
    const { body } = await harness.ask<{ history: { action: string }[] }>('cases.show', { caseId });
    expect(body.history.map(({ action }) => action)).toEqual(['refunding', 'reopened', 'refunding', 'resolved']);
  });

  async function pay(orderId: string, id: string, paymentId: string) {
    await harness.succeeded(orderId, id, paymentId);
    await harness.settled();
  }

  const casesOf = async (orderId: string) => {
    const { body } = await harness.ask<Case[]>('cases.list', { orderId, status: 'all' });
    return body.map(({ kind, status }) => `${kind} ${status}`);
  };
});
