import { type Attempt, openOrder, type Order, settle, type Success } from './order.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: '2026-01-02T00:00:00Z' };
const expected: Order = { id: 'ORDER-1', status: 'expected', facts: null, paidBy: null };
const open: Order = { ...expected, status: 'open', facts };
const attempt: Attempt = { paymentSessionId: 'ps_1', orderId: 'ORDER-1', amount: baht('160') };
const success: Success = {
  paymentSessionId: 'ps_1',
  paymentId: 'p1',
  amount: baht('160'),
  paidAt: '2026-01-01T00:00:00Z',
};
const paid = settle(open, attempt, success).thing;

describe('an order', () => {
  it('opens with the first attempt and keeps its facts when a second one comes', () => {
    const opened = openOrder(expected, facts);
    expect(opened).toEqual({ kind: 'moved', thing: open });
    expect(openOrder(opened.thing, { ...facts, description: 'Latte' }).thing.facts).toEqual(facts);
  });

  it('is paid by the first success', () => {
    expect(settle(open, attempt, success)).toMatchObject({
      kind: 'moved',
      thing: { status: 'paid', paidBy: { paymentSessionId: 'ps_1', paymentId: 'p1' } },
    });
  });

  it('hears of the same payment twice without complaint', () => {
    expect(settle(paid, attempt, success).kind).toBe('repeated');
  });

  it.each([
    [
      'another attempt',
      { ...attempt, paymentSessionId: 'ps_2' },
      { ...success, paymentSessionId: 'ps_2', paymentId: 'p2' },
    ],
    ['another payment of the same attempt', attempt, { ...success, paymentId: 'p2' }],
  ])('is not paid a second time by %s', (_, by, second) => {
    expect(settle(paid, by, second)).toMatchObject({ kind: 'refused', trouble: 'second-success', thing: paid });
  });

  it('is not paid by an amount that nobody asked for', () => {
    expect(settle(open, attempt, { ...success, amount: baht('16') })).toMatchObject({
      kind: 'refused',
      trouble: 'amount-mismatch',
      thing: open,
    });
  });

  it('is paid by what the shopper was asked for, also where a promotion made it less than the order', () => {
    const promoted = { ...attempt, amount: baht('100') };
    expect(settle(open, promoted, { ...success, amount: baht('100') }).kind).toBe('moved');
  });
});
