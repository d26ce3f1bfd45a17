import { baht, idsOf, orderId, type OrderInMemory, orderInMemory } from '../testing/order-in-memory.specs.js';

const keyOf = (name: string) => {
  const { paymentSessionId, paymentId } = idsOf(name);
  return { paymentSessionId, paymentId };
};

describe('money that goes back without a refund of ours', () => {
  let order: OrderInMemory;
  beforeEach(() => {
    order = orderInMemory();
  });

  it('takes the order that it paid with it, stops fulfilment, and is put before a person (M16)', async () => {
    await order.succeeded('a');
    for (let n = 0; n < 2; n++) await order.returned('a', 're_1', 160);
    expect(order.published()).toEqual(['OrderPaid', 'OrderPaymentReturned', 'OrderNeedsAttention']);
    expect(order.dataOf('OrderPaymentReturned')).toEqual([
      { ...idsOf('a'), returnId: 're_1', amount: baht(160), cause: 'refund', paidBy: null },
    ]);
    expect(order.order()).toMatchObject({ status: 'returned', paidBy: null });
    expect(order.cases()).toMatchObject([{ caseId: 'payment-returned/ps_a/pay-a', status: 'open' }]);
  });

  it('lets the order move to the duplicate that stands, which is not paid a second time (M5)', async () => {
    await order.succeeded('a');
    await order.succeeded('b');
    await order.returned('a', 're_1', 160);
    expect(order.published().filter((type) => type === 'OrderPaid')).toHaveLength(1);
    expect(order.dataOf('OrderPaymentReturned')).toMatchObject([{ paymentId: 'pay-a', paidBy: keyOf('b') }]);
    expect(order.order()).toMatchObject({ status: 'paid', paidBy: keyOf('b') });
    expect(order.dataOf('OrderAttentionResolved')).toMatchObject([
      { kind: 'duplicate-payment', paymentId: 'pay-b', resolution: 'accept-payment', status: 'resolved', by: 'kasir' },
    ]);
    await order.returned('b', 're_2', 160);
    expect(order.order()).toMatchObject({ status: 'returned' });
  });

  it('moves the order to the last of several duplicates: Antom returns the earlier ones (M5)', async () => {
    await order.succeeded('a', '2026-01-01T10:00:00.000Z');
    await order.succeeded('b', '2026-01-01T12:00:00.000Z');
    await order.succeeded('c', '2026-01-01T11:00:00.000Z');
    await order.returned('a', 're_1', 160);
    expect(order.order()?.paidBy).toEqual(keyOf('b'));
  });

  it.each<[string, (order: OrderInMemory) => Promise<unknown>]>([
    ['went back in part', (order) => order.refunded('b', 'rf_1', 1)],
    ['is being refunded', (order) => order.resolve('duplicate-payment/ps_b/pay-b', 'refund')],
  ])('moves the order to no duplicate that %s', async (_, change) => {
    await order.succeeded('a');
    await order.succeeded('b');
    await change(order);
    await order.returned('a', 're_1', 160);
    expect(order.dataOf('OrderPaymentReturned')).toMatchObject([{ paidBy: null }]);
  });

  it('is a refund of the order where it is a part, and takes the order with it when the rest is back, too', async () => {
    await order.succeeded('a');
    await order.refunded('a', 'rf_1', 50);
    await order.returned('a', 're_1', 10);
    expect(order.dataOf('OrderRefunded').at(-1)).toMatchObject({
      ...{ origin: 'unasked', refundId: 're_1', kept: true, refunded: baht(60), remainder: baht(100) },
    });
    expect(order.order()?.status).toBe('paid');
    await order.returned('a', 're_2', 100);
    expect(order.dataOf('OrderPaymentReturned')).toMatchObject([{ returnId: 're_2', paidBy: null }]);
  });

  it('of a payment that pays nothing answers its case, and leaves the order as it is', async () => {
    await order.succeeded('a');
    await order.succeeded('b');
    await order.returned('b', 're_1', 160);
    expect(order.published().slice(2)).toEqual(['OrderRefunded', 'OrderAttentionResolved']);
    expect(order.dataOf('OrderRefunded')).toMatchObject([{ origin: 'unasked', kept: false, remainder: baht(0) }]);
    expect(order.dataOf('OrderAttentionResolved')).toMatchObject([
      { orderId, kind: 'duplicate-payment', resolution: 'refund', status: 'resolved', by: 'kasir', openCases: 0 },
    ]);
    expect(order.order()?.paidBy).toEqual(keyOf('a'));
  });

  it('waits for the payment that it is of', async () => {
    await order.returned('a', 're_1', 160);
    expect([order.published(), order.payments()]).toEqual([[], [{ ...idsOf('a'), amount: null }]]);
    await order.succeeded('a');
    expect(order.published()).toEqual(['OrderPaid', 'OrderPaymentReturned', 'OrderNeedsAttention']);
  });

  it('pays its order no second time when its success is told again, and another payment does', async () => {
    await order.succeeded('a');
    await order.returned('a', 're_1', 160);
    await order.succeeded('a');
    expect(order.order()?.status).toBe('returned');
    await order.succeeded('b');
    expect(order.order()).toMatchObject({ status: 'paid', paidBy: keyOf('b') });
    expect(order.identities().filter((each) => each.startsWith('OrderPaid '))).toEqual([
      'OrderPaid O-1/ps_a/pay-a',
      'OrderPaid O-1/ps_b/pay-b',
    ]);
  });

  it('is a case where more went back than ever came, or in another currency', async () => {
    await order.succeeded('a');
    await order.refunded('a', 'rf_1', 160);
    await order.returned('a', 're_1', 1);
    expect(order.dataOf('OrderRefunded').at(-1)).toMatchObject({ refunded: baht(161), remainder: baht(0) });
    await order.payment('RefundSucceeded', {
      ...idsOf('a'),
      ...{ refundRequestId: 'rf_2', amount: { value: '100', currency: 'IDR' }, refundedAt: '2026-01-01T12:00:00.000Z' },
    });
    expect(order.cases().map(({ caseId }) => caseId)).toEqual(['over-refunded/ps_a/re_1', 'over-refunded/ps_a/rf_2']);
    expect(order.dataOf('OrderRefunded')).toHaveLength(2);
  });
});
