import { payments } from '@kasir/contracts';
import { order, orderWith } from './app.module.js';
import { type Lab, openLab } from './lab.specs.js';

describe('an order that is to end unpaid', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(order);
  });
  afterAll(() => lab.world.stop());

  it('is closing from its seal on, and closed when it is drained, with the cause of its seal', async () => {
    await lab.sealed('C-1', 'requested');
    await lab.settled();
    expect(await lab.statusOf('C-1')).toBe('closing');
    expect(lab.said('C-1')).toEqual([]);
    for (let n = 0; n < 2; n++) await lab.drained('C-1');
    await lab.settled();
    expect(await lab.statusOf('C-1')).toBe('closed');
    expect(lab.dataOf('C-1', 'OrderClosed')).toEqual([{ orderId: 'C-1', cause: 'requested' }]);
  });

  it('keeps the cause and the time of its first seal', async () => {
    await lab.sealed('C-2', 'expired');
    await lab.sealed('C-2', 'requested');
    await lab.drained('C-2');
    await lab.settled();
    expect(lab.dataOf('C-2', 'OrderClosed')).toMatchObject([{ cause: 'expired' }]);
    const [kept] = await lab.world.rows(`select seal from orders where id = 'C-2'`);
    expect(kept).toEqual({ seal: { cause: 'expired', sealedAt: '2026-01-01T00:00:00.000Z' } });
  });

  it('is paid by a success while it is closing, and then never closed', async () => {
    await lab.sealed('C-5');
    await lab.settled();
    await lab.succeeded('C-5', 'ps_5a', 'pay-5');
    await lab.settled();
    await lab.drained('C-5');
    await lab.settled();
    expect(lab.said('C-5')).toEqual(['OrderPaid']);
    expect(await lab.statusOf('C-5')).toBe('paid');
  });

  it('stays paid when it is sealed and drained later', async () => {
    await lab.succeeded('C-6', 'ps_6', 'pay-6');
    await lab.settled();
    await lab.sealed('C-6', 'requested');
    await lab.drained('C-6');
    await lab.settled();
    expect(await lab.statusOf('C-6')).toBe('paid');
    expect(lab.said('C-6')).toEqual(['OrderPaid']);
  });

  it('stays closed when money comes late, and a person is told, once', async () => {
    await close('C-7');
    for (let n = 0; n < 2; n++) await lab.succeeded('C-7', 'ps_7', 'pay-7');
    await lab.settled();
    expect(lab.said('C-7')).toEqual(['OrderClosed', 'OrderNeedsAttention']);
    expect(lab.dataOf('C-7', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'late-payment', caseId: 'late-payment/ps_7/pay-7', paymentId: 'pay-7' },
    ]);
    expect(await lab.world.rows(`select status, facts->>'description' as what from orders where id = 'C-7'`)).toEqual([
      { status: 'closed', what: 'Cappuccino' },
    ]);
  });

  it('is not paid by money for an attempt that Antom cancelled, which Antom gives back by itself', async () => {
    await lab.sealed('C-8');
    const { order: _, ...money } = lab.success('C-8', 'ps_8', 'pay-8');
    await lab.say(payments, 'PaymentReceivedAfterCancel', { ...money, evidence: { inquiry: 'CANCELLED' } });
    await lab.settled();
    expect(await lab.statusOf('C-8')).toBe('closing');
    expect(lab.dataOf('C-8', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'paid-after-cancel', evidence: { inquiry: 'CANCELLED' } },
    ]);
  });

  it.each([
    ['an attempt without an answer', 'no-answer', 'ended-unpaid'],
    ['money of another amount', 'amount-mismatch', 'new-attempt'],
    ['money of another amount', 'amount-mismatch', 'refunded-offline'],
  ])('is not closed by what a person says of %s (%s: %s), but when payment-session has drained it', async (...row) => {
    const [, kind, resolution] = row;
    const [orderId, id] = [`C-${kind}-${resolution}`, `ps_${resolution}`];
    await lab.sealed(orderId);
    if (kind === 'no-answer') await lab.gaveUp(orderId, id);
    else await lab.mismatched(orderId, id, 'pay-1');
    await lab.settled();
    const caseId = `${kind}/${id}/${kind === 'no-answer' ? '' : 'pay-1'}`;
    const answer = await lab.ask('cases.resolve', { caseId, by: 'mika', reason: 'looked at', resolution });
    expect(answer.status).toBe(200);
    await lab.settled();
    expect(await lab.statusOf(orderId)).toBe('closing');
    await lab.drained(orderId);
    await lab.settled();
    expect(await lab.statusOf(orderId)).toBe('closed');
    expect(lab.said(orderId)).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved', 'OrderClosed']);
    expect(lab.dataOf(orderId, 'OrderAttentionResolved')).toMatchObject([{ kind, paymentSessionId: id, resolution }]);
  });

  const close = async (orderId: string) => {
    await lab.sealed(orderId);
    await lab.drained(orderId);
    await lab.settled();
  };
});

describe('an order of a merchant who takes late payments', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(orderWith({ LATE_PAYMENT: 'reopen' }));
  });
  afterAll(() => lab.world.stop());

  it('is paid after it was closed, once, and its second late payment is a case', async () => {
    await lab.sealed('L-1');
    await lab.drained('L-1');
    await lab.settled();
    for (const paymentId of ['pay-1', 'pay-1', 'pay-2']) await lab.succeeded('L-1', 'ps_1', paymentId);
    await lab.settled();
    expect(lab.said('L-1')).toEqual(['OrderClosed', 'OrderPaid', 'OrderNeedsAttention']);
    expect(lab.dataOf('L-1', 'OrderNeedsAttention')).toMatchObject([{ kind: 'second-success', paymentId: 'pay-2' }]);
  });
});
