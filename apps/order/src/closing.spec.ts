import { eventually } from '@kasir/testing';
import { orderWith } from './app.module.js';
import { type Harness, openHarness, sealedAt } from './testing/harness.specs.js';

const grace = 1_200_000;
const minutesLater = (time: string, minutes: number) => new Date(Date.parse(time) + minutes * 60_000).toISOString();

describe('an order that is to end unpaid', () => {
  let harness: Harness;
  let now = Date.now();
  beforeAll(async () => {
    const definition = orderWith({ LATE_PAYMENT: 'case', LATE_PAYMENT_GRACE: grace }, { pollMs: 25 });
    harness = await openHarness(definition, { clock: { now: () => new Date(now) } });
  });
  afterAll(() => harness.world.stop());

  it('is closing from its seal on, and closed when it is drained, with the cause of its seal', async () => {
    await harness.sealed('C-1', 'requested');
    await harness.settled();
    expect(await harness.statusOf('C-1')).toBe('closing');
    expect(harness.published('C-1')).toEqual([]);
    for (let n = 0; n < 2; n++) await harness.drained('C-1');
    await harness.settled();
    expect(await harness.statusOf('C-1')).toBe('closed');
    expect(harness.dataOf('C-1', 'OrderClosed')).toEqual([{ orderId: 'C-1', cause: 'requested' }]);
  });

  it('keeps the cause and the time of its first seal', async () => {
    await harness.sealed('C-2', 'expired');
    await harness.sealed('C-2', 'requested');
    await harness.drained('C-2');
    await harness.settled();
    expect(harness.dataOf('C-2', 'OrderClosed')).toMatchObject([{ cause: 'expired' }]);
    const [kept] = await harness.world.rows(`select seal_cause, sealed_at from orders where id = 'C-2'`);
    expect(kept).toEqual({ seal_cause: 'expired', sealed_at: new Date(sealedAt) });
  });

  it('is paid by a success while it is closing, and then never closed', async () => {
    await harness.sealed('C-5');
    await harness.settled();
    await harness.succeeded('C-5', 'ps_5a', 'pay-5');
    await harness.settled();
    await harness.drained('C-5');
    await harness.settled();
    expect(harness.published('C-5')).toEqual(['OrderPaid']);
    expect(await harness.statusOf('C-5')).toBe('paid');
  });

  it('stays paid when it is sealed and drained later', async () => {
    await harness.succeeded('C-6', 'ps_6', 'pay-6');
    await harness.settled();
    await harness.sealed('C-6', 'requested');
    await harness.drained('C-6');
    await harness.settled();
    expect(await harness.statusOf('C-6')).toBe('paid');
    expect(harness.published('C-6')).toEqual(['OrderPaid']);
  });

  it('stays closed when money comes late, and a person is told, once', async () => {
    await harness.sealed('C-7');
    await harness.drained('C-7');
    await harness.settled();
    for (let n = 0; n < 2; n++) await harness.succeeded('C-7', 'ps_7', 'pay-7', minutesLater(sealedAt, 21));
    await harness.settled();
    expect(harness.published('C-7')).toEqual(['OrderClosed', 'OrderNeedsAttention']);
    expect(harness.dataOf('C-7', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'late-payment', caseId: 'late-payment/ps_7/pay-7', paymentId: 'pay-7' },
    ]);
    const facts = `select status, facts->>'description' as what from orders where id = 'C-7'`;
    expect(await harness.world.rows(facts)).toEqual([{ status: 'closed', what: 'Cappuccino' }]);
  });

  it.each([
    ['an attempt without an answer', 'no-answer', 'ended-unpaid'],
    ['money of another amount', 'other-amount', 'ended-unpaid'],
    ['money of another amount', 'other-amount', 'refunded-outside'],
  ])('is not closed by what a person says of %s (%s: %s), but when payment-session has drained it', async (...row) => {
    const [, kind, resolution] = row;
    const [orderId, id] = [`C-${kind}-${resolution}`, `ps_${kind}-${resolution}`];
    await harness.sealed(orderId);
    if (kind === 'no-answer') await harness.attention(orderId, id, kind);
    else await harness.otherAmount(orderId, id, 'pay-1');
    await harness.settled();
    const caseId = `${kind}/${id}/${kind === 'no-answer' ? '' : 'pay-1'}`;
    const answer = await harness.ask('cases.resolve', { caseId, by: 'mika', reason: 'looked at', resolution });
    expect(answer.status).toBe(200);
    await harness.settled();
    expect(await harness.statusOf(orderId)).toBe('closing');
    await harness.drained(orderId);
    await harness.settled();
    expect(await harness.statusOf(orderId)).toBe('closed');
    expect(harness.published(orderId).filter((type) => type !== 'OrderRefunded')).toEqual([
      'OrderNeedsAttention',
      'OrderAttentionResolved',
      'OrderClosed',
    ]);
    expect(harness.dataOf(orderId, 'OrderAttentionResolved')).toMatchObject([
      { kind, paymentSessionId: id, resolution },
    ]);
  });

  it('is put before a person when it is still closing an hour after its last attempt should have ended', async () => {
    const lastEndsAt = minutesLater(sealedAt, 60);
    await harness.sealed('C-9', 'expired', { lastEndsAt });
    await harness.settled();
    now = Date.parse(lastEndsAt) + 60 * 60_000;
    await eventually(() => expect(harness.published('C-9')).toEqual(['OrderNeedsAttention']));
    expect(harness.dataOf('C-9', 'OrderNeedsAttention')).toMatchObject([
      { kind: 'closing-overdue', caseId: 'closing-overdue/C-9/' },
    ]);
    await harness.settled();
    expect(await harness.world.rows(`select from cases where kind = 'closing-overdue'`)).toHaveLength(1);
  });
});
