import { type AttemptEnd } from './attempt-end.js';
import {
  type Attempt,
  closeOrder,
  type LatePayment,
  openOrder,
  type Order,
  sealOrder,
  settle,
  type Success,
} from './order.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: '2026-01-02T00:00:00Z' };
const expected: Order = { id: 'ORDER-1', status: 'expected', facts: null, paidBy: null, seal: null };
const open: Order = { ...expected, status: 'open', facts };
const attempt: Attempt = { paymentSessionId: 'ps_1', orderId: 'ORDER-1', amount: baht('160'), category: null };
const success: Success = {
  paymentSessionId: 'ps_1',
  paymentId: 'p1',
  amount: baht('160'),
  paidAt: '2026-01-01T00:00:00Z',
  heardAt: '2026-01-01T00:00:01Z',
};
const normally = (latePayment: LatePayment = 'case', end?: AttemptEnd) => ({ latePayment, end });
const paid = settle(open, attempt, success, normally()).thing;

describe('an order', () => {
  it('opens with the first attempt and keeps its facts when a second one comes', () => {
    const opened = openOrder(expected, facts);
    expect(opened).toEqual({ kind: 'moved', thing: open });
    expect(openOrder(opened.thing, { ...facts, description: 'Latte' }).thing.facts).toEqual(facts);
  });

  it('is paid by the first success', () => {
    expect(settle(open, attempt, success, normally())).toMatchObject({
      kind: 'moved',
      thing: { status: 'paid', paidBy: { paymentSessionId: 'ps_1', paymentId: 'p1' } },
    });
  });

  it('hears of the same payment twice without complaint', () => {
    expect(settle(paid, attempt, success, normally()).kind).toBe('repeated');
  });

  it.each([
    [
      'another attempt',
      { ...attempt, paymentSessionId: 'ps_2' },
      { ...success, paymentSessionId: 'ps_2', paymentId: 'p2' },
    ],
    ['another payment of the same attempt', attempt, { ...success, paymentId: 'p2' }],
  ])('is not paid a second time by %s', (_, by, second) => {
    expect(settle(paid, by, second, normally())).toMatchObject({
      kind: 'refused',
      trouble: 'second-success',
      thing: paid,
    });
  });

  it('is not paid by an amount that nobody asked for', () => {
    expect(settle(open, attempt, { ...success, amount: baht('16') }, normally())).toMatchObject({
      kind: 'refused',
      trouble: 'amount-mismatch',
      thing: open,
    });
  });

  it('is paid by what the shopper was asked for, also where a promotion made it less than the order', () => {
    const promoted = { ...attempt, amount: baht('100') };
    expect(settle(open, promoted, { ...success, amount: baht('100') }, normally()).kind).toBe('moved');
  });

  const seal = { cause: 'expired' as const, paymentSessionIds: ['ps_1', 'ps_2'] };
  const closing = sealOrder(open, seal).thing;
  const closed = closeOrder(closing, new Set(['ps_1', 'ps_2', 'ps_9'])).thing;

  it('is closing from its seal on, and closed with the end of the last of its attempts', () => {
    expect(closing.status).toBe('closing');
    expect(closeOrder(closing, new Set(['ps_1']))).toMatchObject({ kind: 'refused', reason: 'ps_2 has not ended' });
    expect(closed.status).toBe('closed');
  });

  it('keeps its first seal, and a paid one takes none', () => {
    expect(sealOrder(closing, { ...seal, cause: 'requested' })).toMatchObject({ kind: 'repeated', thing: { seal } });
    expect(sealOrder(paid, seal)).toMatchObject({ kind: 'refused', thing: paid });
  });

  it('is paid while it is closing', () => {
    expect(settle(closing, attempt, success, normally())).toMatchObject({ kind: 'moved', thing: { status: 'paid' } });
  });

  it('is not paid after closing, unless the merchant wants it to be', () => {
    expect(settle(closed, attempt, success, normally('case'))).toMatchObject({
      kind: 'refused',
      trouble: 'late-payment',
      thing: closed,
    });
    expect(settle(closed, attempt, success, normally('reopen'))).toMatchObject({
      kind: 'moved',
      thing: { status: 'paid', paidBy: { paymentId: 'p1' } },
    });
  });

  it('is paid by an attempt that had expired, and not by one that Antom cancelled', () => {
    expect(settle(open, attempt, success, normally('reopen', 'expired')).kind).toBe('moved');
    expect(settle(open, attempt, success, normally('reopen', 'cancelled'))).toMatchObject({
      kind: 'refused',
      trouble: 'paid-after-cancel',
    });
  });
});
