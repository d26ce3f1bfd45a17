import { closeOrder, type Order, payOrder, type Policy, reopenOrder, returnOrder, sealOrder, settle } from './order.js';
import { type Success } from './payment.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: '2026-01-02T00:00:00Z' };
const open: Order = { id: 'ORDER-1', status: 'open', facts: null, paidBy: null, seal: null, closingDueAt: null };
const success: Success = {
  orderId: 'ORDER-1',
  order: facts,
  paymentSessionId: 'ps_1',
  paymentId: 'p1',
  amount: baht('160'),
  paidAt: '2026-01-01T00:00:00Z',
};
const policy: Policy = { latePayment: 'case', graceMs: 20 * 60_000 };
const seal = { cause: 'requested' as const, sealedAt: '2026-01-01T10:00:00Z' };
const paid = settle(open, success, policy).thing;
const closing = sealOrder(open, seal, '2026-01-01T10:30:00Z');
const closed = closeOrder(closing).thing;
const at = (paidAt: string): Success => ({ ...success, paidAt });

describe('an order', () => {
  it('is paid by the first success, which brings its facts', () => {
    expect(settle(open, success, policy)).toEqual({
      kind: 'moved',
      thing: { ...open, status: 'paid', facts, paidBy: { paymentSessionId: 'ps_1', paymentId: 'p1' } },
    });
  });

  it('keeps the facts that it has', () => {
    const known = { ...open, facts };
    expect(settle(known, { ...success, order: { ...facts, description: 'Latte' } }, policy).thing.facts).toBe(facts);
  });

  it.each([
    ['another attempt', { ...success, paymentSessionId: 'ps_2', paymentId: 'p2' }],
    ['another payment of the same attempt', { ...success, paymentId: 'p2' }],
  ])('is not paid a second time by %s', (_, second) => {
    expect(settle(paid, second, policy)).toMatchObject({ kind: 'refused', trouble: 'duplicate-payment', thing: paid });
  });

  it('is paid by what the buyer was asked for, also where a promotion made it less than the order', () => {
    expect(settle(open, { ...success, amount: baht('100') }, policy).kind).toBe('moved');
  });

  it('is closing from its seal on, and closed when it is drained', () => {
    expect(closing).toEqual({ ...open, status: 'closing', seal, closingDueAt: '2026-01-01T11:30:00.000Z' });
    expect(closed).toEqual({ ...open, status: 'closed', seal });
    expect(closeOrder(closed).kind).toBe('repeated');
  });

  it('stays paid when it is sealed or drained, and remembers its end', () => {
    expect(sealOrder(paid, seal)).toEqual({ ...paid, seal });
    expect(closeOrder(paid)).toMatchObject({ kind: 'refused', thing: paid });
  });

  it('is open again only after its money went back', () => {
    const returned = returnOrder(paid).thing;
    expect(returned).toMatchObject({ status: 'returned', paidBy: null });
    expect(reopenOrder(returned).thing.status).toBe('open');
    expect([reopenOrder(paid).kind, reopenOrder(closed).kind]).toEqual(['refused', 'refused']);
    expect(payOrder(returned, { paymentSessionId: 'ps_2', paymentId: 'p2' }).thing.status).toBe('paid');
  });
});

describe('money that comes after the end of an order', () => {
  it.each([
    ['open', { ...open, facts }, '2026-01-02T00:20:00Z', '2026-01-02T00:20:00.001Z'],
    ['closing', closing, '2026-01-01T10:20:00Z', '2026-01-01T10:20:00.001Z'],
    ['closed', closed, '2026-01-01T10:20:00Z', '2026-01-01T10:20:00.001Z'],
  ])('pays an %s one until the grace is over', (_, order, intime, late) => {
    expect(settle(order, at(intime), policy)).toMatchObject({ kind: 'moved', thing: { status: 'paid' } });
    expect(settle(order, at(late), policy)).toMatchObject({ kind: 'refused', trouble: 'late-payment' });
    expect(settle(order, at(late), { ...policy, latePayment: 'reopen' }).thing.status).toBe('paid');
  });
});
