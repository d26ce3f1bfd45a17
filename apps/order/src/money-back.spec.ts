import { payments } from '@kasir/contracts';
import { order } from './app.module.js';
import { baht, type Lab, openLab } from './lab.specs.js';

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
    expect(lab.said('R-2').slice(1)).toEqual(['OrderNeedsAttention', 'OrderRefunded', 'OrderAttentionResolved']);
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
    expect(lab.said('R-4').slice(1)).toEqual(['OrderNeedsAttention', 'OrderRefunded']);
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
    await lab.refunded('R-6', 'ps_6', ['pay-6', 'rf_6', '160']);
    await lab.settled();
    expect(lab.said('R-6')).toEqual([]);
    expect(await lab.metrics()).toContain('kasir_parked_news{service="order"} 1');
    await pay('R-6', 'ps_6', 'pay-6');
    expect(lab.said('R-6')).toEqual(['OrderPaid', 'OrderRefunded']);
    expect(await lab.metrics()).toContain('kasir_parked_news{service="order"} 0');
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

  it('is asked for by no one but a person: a second payment is a case, and Kasir requests no refund of it', async () => {
    await pay('R-8', 'ps_8a', 'pay-8a');
    await pay('R-8', 'ps_8b', 'pay-8b');
    expect(lab.said('R-8')).toEqual(['OrderPaid', 'OrderNeedsAttention']);
    expect(await casesOf('R-8')).toEqual([{ kind: 'second-success', status: 'open' }]);
  });

  async function pay(orderId: string, id: string, paymentId: string) {
    await lab.succeeded(orderId, id, paymentId);
    await lab.settled();
  }

  const casesOf = async (orderId: string) => {
    const { body } = await lab.ask<{ kind: string; status: string }[]>('cases.list', { orderId, status: 'all' });
    return body.map(({ kind, status }) => ({ kind, status }));
  };
});
