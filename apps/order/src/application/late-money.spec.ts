import { baht, end, facts, idsOf, now, type OrderInMemory, orderInMemory } from '../testing/order-in-memory.specs.js';

const minutesAfter = (time: string, minutes: number) => new Date(Date.parse(time) + minutes * 60_000).toISOString();

describe('money and the end of its order', () => {
  let order: OrderInMemory;
  beforeEach(() => {
    order = orderInMemory();
  });

  it('pays by the time at which the buyer paid, although the order was closed before it was heard of (M2)', async () => {
    await order.sealed(end);
    await order.drained();
    await order.succeeded('a', minutesAfter(end, 20));
    expect(order.published()).toEqual(['OrderClosed', 'OrderPaid']);
  });

  it('pays where the buyer paid in time, however late that is told (M2)', async () => {
    await order.sealed(minutesAfter(now, -60));
    await order.drained();
    await order.succeeded('a', minutesAfter(now, -50));
    expect(order.published()).toEqual(['OrderClosed', 'OrderPaid']);
  });

  it('is a case when it comes long after the end, although the order is still closing (M12)', async () => {
    await order.sealed(end, { lastEndsAt: minutesAfter(end, 2900) });
    await order.succeeded('a', minutesAfter(end, 2400));
    expect(order.order()).toMatchObject({ status: 'closing', facts });
    expect(order.cases()).toMatchObject([
      { caseId: 'late-payment/ps_a/pay-a', evidence: { received: '160 THB', paidBy: 'no payment', end } },
    ]);
  });

  it('is judged by the end of the order itself while no seal is known (M12)', async () => {
    await order.succeeded('a', minutesAfter(end, 21));
    expect(order.published()).toEqual(['OrderNeedsAttention']);
  });

  it('pays when it comes late and the merchant takes late money', async () => {
    order = orderInMemory({ latePayment: 'reopen', graceMs: 0 });
    await order.sealed(now);
    await order.succeeded('a', end);
    expect(order.published()).toEqual(['OrderPaid']);
  });

  it('stays published as paid where the seal comes later, and a person is told', async () => {
    await order.succeeded('a', end);
    await order.sealed(now);
    await order.sealed(now);
    expect(order.published()).toEqual(['OrderPaid', 'OrderNeedsAttention']);
    expect(order.cases()).toMatchObject([{ kind: 'late-payment', paymentId: 'pay-a', status: 'open' }]);
    expect(order.order()).toMatchObject({ status: 'paid', seal: { sealedAt: now } });
  });

  it('stays paid without a case where it came before its seal in time', async () => {
    await order.succeeded('a', minutesAfter(now, 20));
    await order.sealed(now);
    expect(order.published()).toEqual(['OrderPaid']);
  });
});

describe('money that pays nothing by itself', () => {
  it('is a case of its kind, and recorded with it', async () => {
    const order = orderInMemory();
    await order.received('a', 'other-amount', 16);
    expect(order.order()).toMatchObject({ status: 'open', facts });
    expect(order.payments()).toEqual([
      { ...idsOf('a'), amount: baht(16), paidAt: now, standing: 'other-amount', givenBack: '0' },
    ]);
    expect(order.dataOf('OrderNeedsAttention')).toMatchObject([
      { kind: 'other-amount', evidence: { expected: '160 THB', received: '16 THB', paidAt: now }, openCases: 1 },
    ]);
  });

  it('stands in the evidence alone where Antom wrote no amount', async () => {
    const order = orderInMemory();
    const received = { value: '1.60', currency: 'THB' };
    await order.payment('PaymentNeedsAttention', { ...idsOf('a'), kind: 'other-amount', received, evidence: {} });
    expect(order.payments()).toEqual([]);
    expect(order.cases()).toMatchObject([{ evidence: { received: '1.60 THB' } }]);
  });

  it('pays when a success of the same payment comes after all', async () => {
    const order = orderInMemory();
    await order.received('a', 'waiting-for-inquiry', 160);
    await order.succeeded('a');
    expect(order.payments()).toMatchObject([{ standing: 'paid' }]);
  });
});
