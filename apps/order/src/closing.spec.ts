import { payments } from '@kasir/contracts';
import { order, orderWith } from './app.module.js';
import { baht, type Lab, openLab, paidAt } from './lab.specs.js';

describe('an order that is to end unpaid', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(order);
  });
  afterAll(() => lab.world.stop());

  it('is closing from its seal on, and closed only with the end of the last of its attempts', async () => {
    await lab.started('C-1', 'ps_1a');
    await lab.started('C-1', 'ps_1b');
    await lab.started('C-1', 'ps_1c');
    await lab.sealed('C-1', ['ps_1a', 'ps_1b', 'ps_1c'], 'requested');
    await lab.expired('C-1', 'ps_1a');
    await lab.rejected('C-1', 'ps_1b', 'provider');
    await lab.settled();
    expect(await lab.statusOf('C-1')).toBe('closing');
    expect(lab.said('C-1')).toEqual(['OrderOpened']);
    await lab.cancelled('C-1', 'ps_1c');
    await lab.settled();
    expect(await lab.statusOf('C-1')).toBe('closed');
    expect(lab.said('C-1')).toEqual(['OrderOpened', 'OrderClosed']);
    expect(lab.dataOf('C-1', 'OrderClosed')).toEqual([{ orderId: 'C-1', cause: 'requested' }]);
  });

  it('counts ends that it heard of before its seal', async () => {
    await lab.expired('C-2', 'ps_2');
    await lab.settled();
    await lab.started('C-2', 'ps_2');
    await lab.sealed('C-2', ['ps_2']);
    await lab.settled();
    expect(lab.said('C-2')).toEqual(['OrderOpened', 'OrderClosed']);
  });

  it('is not closed by an abandoned attempt, which only an answered inquiry ends', async () => {
    await lab.started('C-3', 'ps_3');
    await lab.rejected('C-3', 'ps_3', 'abandoned');
    await lab.sealed('C-3', ['ps_3']);
    await lab.settled();
    expect(await lab.statusOf('C-3')).toBe('closing');
    await lab.expired('C-3', 'ps_3');
    await lab.settled();
    expect(await lab.statusOf('C-3')).toBe('closed');
  });

  it('is closed at once when nobody ever tried to pay it', async () => {
    await lab.sealed('C-4', [], 'requested');
    await lab.settled();
    expect(lab.said('C-4')).toEqual(['OrderClosed']);
  });

  it('is paid by a success while it is closing, and then never closed', async () => {
    await lab.started('C-5', 'ps_5a');
    await lab.started('C-5', 'ps_5b');
    await lab.sealed('C-5', ['ps_5a', 'ps_5b']);
    await lab.settled();
    await lab.succeeded('C-5', 'ps_5a', 'pay-5');
    await lab.expired('C-5', 'ps_5a');
    await lab.expired('C-5', 'ps_5b');
    await lab.settled();
    expect(lab.said('C-5')).toEqual(['OrderOpened', 'OrderPaid']);
    expect(await lab.statusOf('C-5')).toBe('paid');
  });

  it('stays paid when it is sealed later', async () => {
    await lab.started('C-6', 'ps_6');
    await lab.succeeded('C-6', 'ps_6', 'pay-6');
    await lab.settled();
    await lab.sealed('C-6', ['ps_6'], 'requested');
    await lab.settled();
    expect(await lab.statusOf('C-6')).toBe('paid');
    expect(lab.said('C-6')).toEqual(['OrderOpened', 'OrderPaid']);
  });

  it('stays closed when money comes late, and a person is told, once', async () => {
    await close('C-7', 'ps_7');
    for (let n = 0; n < 2; n++) await lab.succeeded('C-7', 'ps_7', 'pay-7');
    await lab.settled();
    expect(lab.said('C-7')).toEqual(['OrderOpened', 'OrderClosed', 'OrderNeedsAttention']);
    expect(lab.dataOf('C-7', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'late-payment', caseId: 'late-payment/ps_7/pay-7', paymentId: 'pay-7' },
    ]);
    expect(await lab.statusOf('C-7')).toBe('closed');
  });

  it('is not paid by money for an attempt that Antom cancelled, which Antom gives back by itself', async () => {
    await lab.started('C-8', 'ps_8');
    await lab.cancelled('C-8', 'ps_8');
    await lab.settled();
    await lab.say(payments, 'PaymentReceivedAfterCancel', {
      ...lab.payment('C-8', 'ps_8', 'pay-8'),
      amount: baht('160'),
      paidAt,
      evidence: { inquiry: 'CANCELLED' },
    });
    await lab.settled();
    expect(await lab.statusOf('C-8')).toBe('open');
    expect(lab.dataOf('C-8', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'paid-after-cancel', evidence: { inquiry: 'CANCELLED' } },
    ]);
  });

  it('is closed when a person says of an attempt without an answer that no money can come of it', async () => {
    await lab.started('C-9', 'ps_9');
    await lab.sealed('C-9', ['ps_9']);
    await lab.settled();
    await lab.gaveUp('C-9', 'ps_9');
    await lab.settled();
    expect(await lab.statusOf('C-9')).toBe('closing');
    const decision = { caseId: 'no-answer/ps_9/', by: 'mika', reason: 'Antom wrote that it never was' };
    await lab.ask('cases.resolve', { ...decision, resolution: 'ended-unpaid' });
    await lab.settled();
    expect(await lab.statusOf('C-9')).toBe('closed');
    expect(lab.said('C-9')).toEqual(['OrderOpened', 'OrderNeedsAttention', 'OrderAttentionResolved', 'OrderClosed']);
  });

  it.each(['new-attempt', 'ended-unpaid', 'refunded-offline'])(
    'is open with money of another amount, and closed at its time once a person said %s of it',
    async (resolution) => {
      const [orderId, id] = [`C-${resolution}`, `ps_${resolution}`];
      await lab.started(orderId, id);
      const mismatch = { ...lab.payment(orderId, id, 'pay-1'), expected: baht('160'), received: baht('16') };
      await lab.say(payments, 'PaymentMismatched', mismatch);
      await lab.settled();
      const decision = { caseId: `amount-mismatch/${id}/pay-1`, by: 'mika', reason: 'looked at', resolution };
      expect((await lab.ask('cases.resolve', decision)).status).toBe(200);
      await lab.settled();
      expect(await lab.statusOf(orderId)).toBe('open');
      await lab.sealed(orderId, [id]);
      await lab.settled();
      expect(await lab.statusOf(orderId)).toBe('closed');
      expect(lab.said(orderId)).not.toContain('OrderPaid');
    },
  );

  it('is closing while nobody has looked at money of another amount, and closed with the word of who has', async () => {
    await lab.started('C-10', 'ps_10');
    const mismatch = { ...lab.payment('C-10', 'ps_10', 'pay-10'), expected: baht('160'), received: baht('16') };
    await lab.say(payments, 'PaymentMismatched', mismatch);
    await lab.sealed('C-10', ['ps_10']);
    await lab.settled();
    expect(await lab.statusOf('C-10')).toBe('closing');
    const decision = {
      caseId: 'amount-mismatch/ps_10/pay-10',
      by: 'mika',
      reason: 'too late',
      resolution: 'new-attempt',
    };
    await lab.ask('cases.resolve', decision);
    await lab.settled();
    expect(await lab.statusOf('C-10')).toBe('closed');
  });

  const close = async (orderId: string, paymentSessionId: string) => {
    await lab.started(orderId, paymentSessionId);
    await lab.sealed(orderId, [paymentSessionId]);
    await lab.expired(orderId, paymentSessionId);
    await lab.settled();
  };
});

describe('an order of a merchant who takes late payments', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(orderWith({ LATE_PAYMENT: 'reopen', REFUND_DOUBLES: [] }));
  });
  afterAll(() => lab.world.stop());

  it('is paid after it was closed, once, and its second late payment is a case', async () => {
    await lab.started('L-1', 'ps_1');
    await lab.sealed('L-1', ['ps_1']);
    await lab.expired('L-1', 'ps_1');
    await lab.settled();
    for (const paymentId of ['pay-1', 'pay-1', 'pay-2']) await lab.succeeded('L-1', 'ps_1', paymentId);
    await lab.settled();
    expect(lab.said('L-1')).toEqual(['OrderOpened', 'OrderClosed', 'OrderPaid', 'OrderNeedsAttention']);
    expect(lab.dataOf('L-1', 'OrderNeedsAttention')).toMatchObject([{ kind: 'second-success', paymentId: 'pay-2' }]);
  });
});
