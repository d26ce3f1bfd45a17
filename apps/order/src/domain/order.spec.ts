import { closeOrder, type Order, sealOrder, settle, type Success } from './order.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: '2026-01-02T00:00:00Z' };
const open: Order = { id: 'ORDER-1', status: 'open', facts: null, paidBy: null, seal: null };
const success: Success = {
  orderId: 'ORDER-1',
  order: facts,
  paymentSessionId: 'ps_1',
  paymentId: 'p1',
  amount: baht('160'),
  paidAt: '2026-01-01T00:00:00Z',
  heardAt: '2026-01-01T00:00:01Z',
};
const seal = { cause: 'requested' as const, sealedAt: '2026-01-02T00:00:00Z' };
const paid = settle(open, success, 'case').thing;
const closing = sealOrder(open, seal).thing;
const closed = closeOrder(closing).thing;

describe('an order', () => {
  it('is paid by the first success, which brings its facts', () => {
    expect(settle(open, success, 'case')).toEqual({
      kind: 'moved',
      thing: { ...open, status: 'paid', facts, paidBy: { paymentSessionId: 'ps_1', paymentId: 'p1' } },
    });
  });

  it('keeps the facts that it has', () => {
    const known = { ...open, facts };
    expect(settle(known, { ...success, order: { ...facts, description: 'Latte' } }, 'case').thing.facts).toBe(facts);
  });

  it('hears of the same payment twice without complaint', () => {
    expect(settle(paid, success, 'case')).toEqual({ kind: 'repeated', thing: paid });
  });

  it.each([
    ['another attempt', { ...success, paymentSessionId: 'ps_2', paymentId: 'p2' }],
    ['another payment of the same attempt', { ...success, paymentId: 'p2' }],
  ])('is not paid a second time by %s', (_, second) => {
    expect(settle(paid, second, 'case')).toMatchObject({ kind: 'refused', trouble: 'second-success', thing: paid });
  });

  it('is paid by what the buyer was asked for, also where a promotion made it less than the order', () => {
    expect(settle(open, { ...success, amount: baht('100') }, 'case').kind).toBe('moved');
  });

  it('is closing from its seal on, and closed when it is drained', () => {
    expect(closing).toEqual({ ...open, status: 'closing', seal });
    expect(closed).toEqual({ ...open, status: 'closed', seal });
    expect(closeOrder(closed).kind).toBe('repeated');
  });

  it('keeps its first seal, and a paid one is neither sealed nor closed', () => {
    expect(sealOrder(closing, { ...seal, cause: 'expired' })).toMatchObject({ kind: 'repeated', thing: { seal } });
    expect(sealOrder(paid, seal)).toMatchObject({ kind: 'refused', thing: paid });
    expect(closeOrder(paid)).toMatchObject({ kind: 'refused', thing: paid });
  });

  it('is paid while it is closing', () => {
    expect(settle(closing, success, 'case')).toMatchObject({ kind: 'moved', thing: { status: 'paid', seal } });
  });

  it('is not paid after closing, unless the merchant wants it to be', () => {
    expect(settle(closed, success, 'case')).toMatchObject({
      kind: 'refused',
      trouble: 'late-payment',
      thing: { ...closed, facts },
    });
    expect(settle(closed, success, 'reopen')).toMatchObject({
      kind: 'moved',
      thing: { status: 'paid', facts, paidBy: { paymentId: 'p1' } },
    });
  });
});
