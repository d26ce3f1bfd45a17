import { payments, paymentSessions } from '@kasir/contracts';
import { order, orderWith } from './app.module.js';
import { baht, type Lab, openLab } from './lab.specs.js';

type Choice = Parameters<Lab['started']>[2];
const byApp = { category: 'MOBILE_BANKING_APP' as const };

describe('money that goes back', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(order);
  });
  afterAll(() => lab.world.stop());

  it('is told of once per refund, with what is left of the payment that pays the order', async () => {
    await pay('R-1', 'ps_1', 'pay-1');
    for (let n = 0; n < 2; n++) await lab.refunded('R-1', 'ps_1', ['pay-1', 'rf_1a', '60']);
    await lab.refunded('R-1', 'ps_1', ['pay-1', 'rf_1b', '100']);
    await lab.settled();
    expect(lab.dataOf('R-1', 'OrderRefunded')).toMatchObject([
      { refundRequestId: 'rf_1a', kept: true, refunded: baht('60'), remainder: baht('100') },
      { refundRequestId: 'rf_1b', kept: true, refunded: baht('160'), remainder: baht('0') },
    ]);
    expect(await lab.statusOf('R-1')).toBe('paid');
    expect(await casesOf('R-1')).toEqual([]);
  });

  it('is not the money that pays the order when a second payment goes back, and that answers its case', async () => {
    await pay('R-2', 'ps_2a', 'pay-2a');
    await pay('R-2', 'ps_2b', 'pay-2b');
    await lab.refunded('R-2', 'ps_2b', ['pay-2b', 'rf_2', '160']);
    await lab.settled();
    expect(lab.said('R-2').slice(2)).toEqual(['OrderNeedsAttention', 'OrderRefunded', 'OrderAttentionResolved']);
    expect(lab.dataOf('R-2', 'OrderRefunded')).toMatchObject([{ kept: false, remainder: baht('0') }]);
    expect(lab.dataOf('R-2', 'OrderAttentionResolved')).toMatchObject([
      { kind: 'second-success', resolution: 'refunded', by: 'kasir' },
    ]);
  });

  it('is told of each of two payments of one attempt by itself: which one is kept, how much went back, what is left', async () => {
    await pay('R-9', 'ps_9', 'pay-9a');
    await pay('R-9', 'ps_9', 'pay-9b');
    await lab.refunded('R-9', 'ps_9', ['pay-9b', 'rf_9b', '60']);
    await lab.refunded('R-9', 'ps_9', ['pay-9a', 'rf_9a', '10']);
    await lab.refunded('R-9', 'ps_9', ['pay-9b', 'rf_9c', '100']);
    await lab.settled();
    const attempt = { paymentSessionId: 'ps_9' };
    expect(lab.dataOf('R-9', 'OrderRefunded')).toMatchObject([
      { ...attempt, paymentId: 'pay-9b', kept: false, refunded: baht('60'), remainder: baht('100') },
      { ...attempt, paymentId: 'pay-9a', kept: true, refunded: baht('10'), remainder: baht('150') },
      { ...attempt, paymentId: 'pay-9b', kept: false, refunded: baht('160'), remainder: baht('0') },
    ]);
    expect(await casesOf('R-9')).toEqual([{ kind: 'second-success', status: 'resolved' }]);
  });

  it('leaves the case of a second payment open while only a part of it went back', async () => {
    await pay('R-3', 'ps_3a', 'pay-3a');
    await pay('R-3', 'ps_3b', 'pay-3b');
    await lab.refunded('R-3', 'ps_3b', ['pay-3b', 'rf_3', '159']);
    await lab.settled();
    expect(await casesOf('R-3')).toEqual([{ kind: 'second-success', status: 'open' }]);
  });

  it('is a case where nobody asked for it', async () => {
    await pay('R-4', 'ps_4', 'pay-4');
    await lab.refunded('R-4', 'ps_4', ['pay-4', 'dashboard-4', '10'], 'unasked');
    await lab.settled();
    expect(lab.said('R-4').slice(2)).toEqual(['OrderNeedsAttention', 'OrderRefunded']);
    expect(lab.dataOf('R-4', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'refund-unasked', caseId: 'refund-unasked/ps_4/dashboard-4', paymentId: 'pay-4' },
    ]);
  });

  it('is a case where more went back than ever came, and nothing becomes negative', async () => {
    await pay('R-5', 'ps_5', 'pay-5');
    await lab.refunded('R-5', 'ps_5', ['pay-5', 'rf_5a', '160']);
    await lab.refunded('R-5', 'ps_5', ['pay-5', 'rf_5b', '1']);
    await lab.settled();
    expect(lab.dataOf('R-5', 'OrderRefunded')[1]).toMatchObject({ refunded: baht('161'), remainder: baht('0') });
    expect(await casesOf('R-5')).toEqual([{ kind: 'refund-exceeds-payment', status: 'open' }]);
  });

  it('waits for the payment that it is of', async () => {
    await lab.succeeded('R-6', 'ps_6', 'pay-6');
    await lab.refunded('R-6', 'ps_6', ['pay-6', 'rf_6', '160']);
    await lab.settled();
    expect(lab.said('R-6')).toEqual([]);
    await lab.started('R-6', 'ps_6');
    await lab.settled();
    expect(lab.said('R-6')).toEqual(['OrderOpened', 'OrderPaid', 'OrderRefunded']);
  });

  it('is a case of its own for each refund that gets no answer', async () => {
    await pay('R-7', 'ps_7', 'pay-7');
    const evidence = { lastAnswer: 'unknown' };
    for (const refundRequestId of ['rf_7a', 'rf_7a', 'rf_7b'])
      await lab.say(payments, 'RefundNeedsAttention', {
        orderId: 'R-7',
        paymentSessionId: 'ps_7',
        refundRequestId,
        kind: 'no-answer',
        evidence,
      });
    await lab.settled();
    expect(lab.dataOf('R-7', 'OrderNeedsAttention').map(({ caseId }) => caseId)).toEqual([
      'refund-no-answer/ps_7/rf_7a',
      'refund-no-answer/ps_7/rf_7b',
    ]);
  });

  it('is asked for by nobody but a person, unless the merchant has a rule', async () => {
    await pay('R-8', 'ps_8a', 'pay-8a', byApp);
    await pay('R-8', 'ps_8b', 'pay-8b', byApp);
    expect(lab.said('R-8')).toEqual(['OrderOpened', 'OrderPaid', 'OrderNeedsAttention']);
  });

  const pay = (orderId: string, id: string, paymentId: string, choice?: Choice) =>
    payIn(lab, orderId, id, paymentId, choice);
  const casesOf = (orderId: string) => casesIn(lab, orderId);
});

describe('a second payment, where the merchant has a rule for banking apps', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(orderWith({ LATE_PAYMENT: 'case', REFUND_DOUBLES: ['MOBILE_BANKING_APP'] }));
  });
  afterAll(() => lab.world.stop());

  it('is a case first, and then its refund is asked for, once', async () => {
    await payIn(lab, 'D-1', 'ps_1a', 'pay-1a', byApp);
    for (let n = 0; n < 3; n++) await payIn(lab, 'D-1', 'ps_1b', 'pay-1b', byApp);
    expect(lab.said('D-1').slice(2)).toEqual(['OrderNeedsAttention', 'OrderRefundRequested']);
    expect(lab.dataOf('D-1', 'OrderRefundRequested')).toEqual([
      {
        orderId: 'D-1',
        refundRequestId: 'rf_double_pay-1b',
        paymentSessionId: 'ps_1b',
        paymentId: 'pay-1b',
        amount: baht('160'),
        keptPaymentSessionId: 'ps_1a',
      },
    ]);
  });

  it('stays with a person where it was made by another kind of bank, or the shopper named only a country', async () => {
    await payIn(lab, 'D-2', 'ps_2a', 'pay-2a', byApp);
    await payIn(lab, 'D-2', 'ps_2b', 'pay-2b', { category: 'ONLINE_BANKING' });
    await payIn(lab, 'D-2', 'ps_2c', 'pay-2c', { region: 'TH' });
    expect(lab.said('D-2').slice(2)).toEqual(['OrderNeedsAttention', 'OrderNeedsAttention']);
  });

  it('stays with a person where both payments are of one attempt, because Antom returns one of them', async () => {
    await payIn(lab, 'D-3', 'ps_3', 'pay-3a', byApp);
    await payIn(lab, 'D-3', 'ps_3', 'pay-3b', byApp);
    expect(lab.said('D-3')).toEqual(['OrderOpened', 'OrderPaid', 'OrderNeedsAttention']);
  });

  it('stays with a person whose case says why nothing went back', async () => {
    await payIn(lab, 'D-4', 'ps_4a', 'pay-4a', byApp);
    await payIn(lab, 'D-4', 'ps_4b', 'pay-4b', byApp);
    await lab.say(paymentSessions, 'RefundRejected', {
      orderId: 'D-4',
      paymentSessionId: 'ps_4b',
      refundRequestId: 'rf_double_pay-4b',
      code: 'method_not_refundable',
      message: 'settle it with the buyer',
    });
    await lab.settled();
    const { body } = await lab.ask('cases.show', { caseId: 'second-success/ps_4b/pay-4b' });
    expect(body).toMatchObject({
      status: 'open',
      history: [
        { action: 'noted', by: 'kasir', reason: 'REFUND_DOUBLES asks for rf_double_pay-4b' },
        {
          action: 'noted',
          by: 'kasir',
          reason: 'rf_double_pay-4b gave nothing back: method_not_refundable settle it with the buyer',
        },
      ],
    });
  });
});

/** Whichever of both is heard first: a success waits for its attempt. */
async function payIn(lab: Lab, orderId: string, id: string, paymentId: string, choice?: Choice) {
  await lab.started(orderId, id, choice);
  await lab.succeeded(orderId, id, paymentId);
  await lab.settled();
}

const casesIn = async (lab: Lab, orderId: string) => {
  const { body } = await lab.ask<{ kind: string; status: string }[]>('cases.list', { orderId, status: 'all' });
  return body.map(({ kind, status }) => ({ kind, status }));
};
