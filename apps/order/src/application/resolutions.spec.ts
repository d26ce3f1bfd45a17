import { baht, end, idsOf, now, orderId, type OrderInMemory, orderInMemory } from '../testing/order-in-memory.specs.js';
import { reportOverdue } from './report-overdue.js';

const caseId = 'other-amount/ps_a/pay-a';
const duplicate = 'duplicate-payment/ps_b/pay-b';

describe('the resolution of a case', () => {
  let order: OrderInMemory;
  beforeEach(() => {
    order = orderInMemory();
  });
  const refundRequestIds = () =>
    order
      .dataOf('OrderAttentionResolved')
      .flatMap((data) => ('refundRequestId' in data ? [data.refundRequestId!] : []));

  describe('accept-payment', () => {
    it('pays the order with the money of the case, by name (M14)', async () => {
      await order.received('a', 'other-amount', 150);
      await order.resolve(caseId, 'accept-payment');
      expect(order.dataOf('OrderPaid')).toEqual([
        { ...idsOf('a'), amount: baht(150), paidAt: now, description: 'Cappuccino', acceptedBy: caseId },
      ]);
      expect(order.payments()).toMatchObject([{ standing: 'paid' }]);
      expect(order.dataOf('OrderAttentionResolved')).toMatchObject([
        { caseId, resolution: 'accept-payment', status: 'resolved', by: 'mika', openCases: 0 },
      ]);
    });

    it.each([
      ['closed', 'late-payment/ps_a/pay-a'],
      ['returned', duplicate],
    ])('pays an order that is %s', async (status, id) => {
      if (status === 'closed') {
        await order.sealed(now);
        await order.drained();
        await order.succeeded('a', end);
      } else {
        await order.succeeded('a');
        await order.succeeded('b');
        await order.resolve(duplicate, 'refund');
        await order.returned('a', 're_1', 160);
        const [refundRequestId] = refundRequestIds();
        await order.payment('RefundFailed', {
          ...idsOf('b'),
          ...{ refundRequestId: refundRequestId!, amount: baht(160), code: 'PROCESS_FAIL', message: 'no' },
        });
      }
      expect(order.order()?.status).toBe(status);
      await order.resolve(id, 'accept-payment');
      expect(order.order()?.status).toBe('paid');
      expect(order.dataOf('OrderPaid').at(-1)).toMatchObject({ acceptedBy: id });
    });

    it('is refused where another payment pays the order, and where nothing is left of the money', async () => {
      await order.succeeded('a');
      await order.succeeded('b');
      await expect(order.resolve(duplicate, 'accept-payment')).rejects.toMatchObject({ code: 'order_paid' });
      const other = orderInMemory();
      await other.received('a', 'other-amount', 150);
      await other.returned('a', 're_1', 150);
      await expect(other.resolve(caseId, 'accept-payment')).rejects.toMatchObject({ code: 'nothing_left' });
      expect([order.caseStatus(duplicate), other.caseStatus(caseId)]).toEqual(['open', 'open']);
    });

    it('leaves an order alone that the money pays already', async () => {
      await order.succeeded('a', end);
      await order.sealed(now);
      await order.resolve('late-payment/ps_a/pay-a', 'accept-payment');
      expect(order.published()).toEqual(['OrderPaid', 'OrderNeedsAttention', 'OrderAttentionResolved']);
    });
  });

  describe('refund', () => {
    beforeEach(async () => {
      await order.succeeded('a');
      await order.succeeded('b');
      await order.refunded('b', 'rf_before', 60);
      await order.resolve(duplicate, 'refund');
    });

    it('asks for what is left of the payment, under an id derived from the case, and waits for the money (M14)', () => {
      expect(order.caseStatus(duplicate)).toBe('refunding');
      expect(order.dataOf('OrderAttentionResolved')).toEqual([
        {
          ...{ caseId: duplicate, kind: 'duplicate-payment', ...idsOf('b'), resolution: 'refund', status: 'refunding' },
          ...{ amount: baht(100), refundRequestId: expect.stringMatching(/^rf_[A-Za-z0-9_-]{1,61}$/) as string },
          ...{ openCases: 1, reason: 'looked at', by: 'mika', resolvedAt: now },
        },
      ]);
    });

    it('is done when all of the money is back', async () => {
      const [refundRequestId] = refundRequestIds();
      await order.session('RefundStarted', {
        ...idsOf('b'),
        ...{ refundRequestId: refundRequestId!, amount: baht(100), cause: 'case', caseId: duplicate },
      });
      await order.refunded('b', refundRequestId!, 100);
      expect(order.caseStatus(duplicate)).toBe('resolved');
      expect(order.dataOf('OrderAttentionResolved').at(-1)).toMatchObject({
        ...{ caseId: duplicate, status: 'resolved', resolution: 'refund', refundRequestId, by: 'kasir', openCases: 0 },
      });
      expect(order.refunds()).toContainEqual(
        expect.objectContaining({ id: refundRequestId, status: 'succeeded', caseId: duplicate }),
      );
      expect(order.identities().slice(-3)).toEqual([
        `OrderAttentionResolved ${duplicate}#1#refunding`,
        `OrderRefunded ${refundRequestId}`,
        `OrderAttentionResolved ${duplicate}#1#resolved`,
      ]);
    });

    it.each(['RefundRejected', 'RefundFailed'] as const)(
      'opens the case again after %s, and may be tried again under another id',
      async (type) => {
        const [refundRequestId] = refundRequestIds();
        const { paymentId, ...attempt } = idsOf('b');
        const why = { refundRequestId: refundRequestId!, code: 'duplicate_open', message: 'not now' };
        for (let n = 0; n < 2; n++)
          await (type === 'RefundFailed'
            ? order.payment(type, { ...attempt, ...why, paymentId, amount: baht(100) })
            : order.session(type, { ...attempt, ...why, caseId: duplicate }));
        expect(order.cases()).toMatchObject([
          {
            status: 'open',
            openings: 2,
            resolution: null,
            evidence: expect.objectContaining({
              [`refund ${refundRequestId}`]: expect.stringContaining('duplicate_open'),
            }) as object,
          },
        ]);
        expect(order.identities().at(-1)).toBe(`OrderNeedsAttention ${duplicate}#2`);
        await order.resolve(duplicate, 'refund');
        expect(new Set(refundRequestIds()).size).toBe(2);
      },
    );

    it('opens the case again when it succeeds and some of the money is still here', async () => {
      await order.refunded('b', refundRequestIds()[0]!, 99);
      expect(order.cases()).toMatchObject([{ status: 'open', openings: 2 }]);
    });

    it('is done when the money came back on another way, whatever becomes of the refund', async () => {
      await order.returned('b', 're_1', 100);
      await order.session('RefundRejected', {
        ...{ orderId, paymentSessionId: 'ps_b', refundRequestId: refundRequestIds()[0]! },
        ...{ code: 'refund_exceeds_payment', message: 'nothing is left' },
      });
      expect(order.caseStatus(duplicate)).toBe('resolved');
    });

    it('is refused where no money of the payment is known, and is done at once where all of it is back', async () => {
      const money = { ...idsOf('c'), kind: 'contradiction', evidence: {} };
      await order.payment('PaymentNeedsAttention', money);
      const about = 'contradiction/ps_c/pay-c';
      await expect(order.resolve(about, 'refund')).rejects.toMatchObject({ code: 'payment_unknown' });
      await order.succeeded('c');
      await order.refunded('c', 'rf_c', 160);
      expect(await order.resolve(about, 'refund')).toMatchObject({ status: 'resolved', refundRequestId: null });
    });
  });

  describe('refunded-outside', () => {
    it('records the transfer, and is never refused for its amount (M14)', async () => {
      await order.received('a', 'other-amount', 150);
      await order.resolve(caseId, 'refunded-outside', { amount: baht(151), reference: 'slip-4711' });
      expect(order.dataOf('OrderRefunded')).toMatchObject([
        {
          ...{ ...idsOf('a'), origin: 'outside', amount: baht(151), kept: false, remainder: baht(0) },
          refundId: expect.stringMatching(/^out_[A-Za-z0-9_-]+\/slip-4711$/) as string,
        },
      ]);
      expect(order.dataOf('OrderAttentionResolved')).toMatchObject([
        { resolution: 'refunded-outside', status: 'resolved', amount: baht(151), reference: 'slip-4711', by: 'mika' },
      ]);
      expect(order.cases().map(({ kind, status }) => `${kind} ${status}`)).toEqual([
        'other-amount resolved',
        'over-refunded open',
      ]);
    });

    it('is of all that is left unless an amount is given', async () => {
      await order.succeeded('a');
      await order.succeeded('b');
      await order.refunded('b', 'rf_1', 60);
      await order.resolve(duplicate, 'refunded-outside');
      expect(order.dataOf('OrderRefunded').at(-1)).toMatchObject({ amount: baht(100), remainder: baht(0) });
    });
  });

  describe('new-attempt', () => {
    const returned = 'payment-returned/ps_a/pay-a';
    beforeEach(async () => {
      await order.succeeded('a');
      await order.returned('a', 're_1', 160);
    });

    it('opens an order again whose money went back', async () => {
      await order.resolve(returned, 'new-attempt');
      expect(order.order()).toMatchObject({ status: 'open', paidBy: null });
      await order.succeeded('b');
      expect(order.order()).toMatchObject({ status: 'paid' });
    });

    it('is refused where the order is sealed, past its end, or paid by another payment', async () => {
      await expect(order.resolve(returned, 'new-attempt', { at: end })).rejects.toMatchObject({
        code: 'order_expired',
      });
      await order.succeeded('b');
      await expect(order.resolve(returned, 'new-attempt')).rejects.toMatchObject({ code: 'order_paid' });
      await order.sealed(now);
      await expect(order.resolve(returned, 'new-attempt')).rejects.toMatchObject({ code: 'order_sealed' });
      expect(order.caseStatus(returned)).toBe('open');
    });
  });

  it('fits its kind of case, or is refused with those that do', async () => {
    await order.received('a', 'other-amount', 150);
    await order.succeeded('b');
    await order.received('b', 'no-answer', 150);
    await expect(order.resolve('no-answer/ps_b/pay-b', 'new-attempt')).rejects.toMatchObject({
      code: 'resolution_does_not_fit',
    });
  });

  it('leaves a case of money of another amount with a person although the money is back', async () => {
    await order.received('a', 'other-amount', 150);
    await order.returned('a', 're_1', 150);
    expect(order.caseStatus(caseId)).toBe('open');
  });
});

it('an order that is still closing an hour after its last attempt should have ended is put before a person, once', async () => {
  const order = orderInMemory();
  const report = (at: string) => reportOverdue(order.stores, new Date(at), 10);
  await order.sealed(now, { lastEndsAt: '2026-01-01T12:30:00.000Z' });
  expect(await report('2026-01-01T13:29:59.999Z')).toEqual([]);
  expect(await report('2026-01-01T13:30:00.000Z')).toHaveLength(1);
  expect(await report('2026-01-01T15:00:00.000Z')).toEqual([]);
  expect(order.cases()).toMatchObject([
    { caseId: 'closing-overdue/O-1/', paymentSessionId: null, since: '2026-01-01T13:30:00.000Z' },
  ]);
  expect(order.dataOf('OrderNeedsAttention')).toMatchObject([{ orderId, kind: 'closing-overdue', openCases: 1 }]);
  await order.drained();
  expect(await report('2026-01-02T00:00:00.000Z')).toEqual([]);
});
