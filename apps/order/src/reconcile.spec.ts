import { order } from './app.module.js';
import { type Reported } from './application/reconcile.js';
import { type SettledRow } from './domain/settlement.js';
import { baht, type Harness, openHarness, paidAt } from './testing/harness.specs.js';

interface Answer {
  compared: number;
  differences: Reported[];
}

describe('a settlement file', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(order);
    for (const number of ['1', '2', '4']) await harness.succeeded(`S-${number}`, `ps_${number}`, `pay-${number}`);
    await harness.sealed('S-3');
    await harness.settled();
    await harness.refunded('S-2', 'ps_2', ['pay-2', 'rf_2', '60']);
    await harness.settled();
  });
  afterAll(() => harness.world.stop());

  const paid = (number: string, more: Partial<SettledRow> = {}): SettledRow => ({
    line: 2,
    kind: 'payment',
    paymentSessionId: `ps_${number}`,
    paymentId: `pay-${number}`,
    amount: baht('160'),
    ...more,
  });
  const refund = (more: Partial<SettledRow> = {}): SettledRow =>
    paid('2', { kind: 'refund', refundRequestId: 'rf_2', amount: baht('60'), ...more });
  const compare = async (...rows: SettledRow[]) =>
    (await harness.ask<Answer>('reconcile', { file: 'november.csv', rows })).body;
  const casesOf = async (orderId?: string) => {
    const query = { kind: 'settlement-difference', status: 'all', ...(orderId === undefined ? {} : { orderId }) };
    return (await harness.ask<{ evidence: Record<string, string> }[]>('cases.list', query)).body;
  };

  it('that says what we believe leaves no trace but that it was compared', async () => {
    expect(await compare(paid('1'), paid('2', { inquiry: 'SUCCESS' }), refund())).toEqual({
      compared: 3,
      differences: [],
    });
    expect(await casesOf()).toEqual([]);
  });

  it('becomes a case for each difference, once, however often it is compared', async () => {
    const rows = [paid('1', { amount: baht('150'), line: 7 }), refund({ amount: baht('61'), line: 8 })];
    const first = await compare(...rows);
    expect(first.differences).toMatchObject([
      { finding: 'amount-differs', ours: '160 THB', theirs: '150 THB', orderId: 'S-1', line: 7, opened: true },
      { finding: 'amount-differs', ours: '60 THB', theirs: '61 THB', orderId: 'S-2', line: 8, opened: true },
    ]);
    const again = await compare(...rows);
    expect(again.differences.map(({ opened }) => opened)).toEqual([false, false]);
    await harness.settled();
    expect(harness.dataOf('S-1', 'OrderNeedsAttention')).toMatchObject([
      {
        kind: 'settlement-difference',
        caseId: 'settlement-difference/ps_1/pay-1/amount-differs',
        evidence: { ours: '160 THB', theirs: '150 THB', file: 'november.csv, line 7' },
      },
    ]);
    expect(await casesOf('S-2')).toMatchObject([{ evidence: { refundRequestId: 'rf_2' } }]);
  });

  it.each<[string, SettledRow, Partial<Reported>]>([
    [
      'an order of ours that we hold unpaid',
      paid('3', { orderId: 'S-3' }),
      { finding: 'not-paid-here', orderId: 'S-3', ours: 'nothing' },
    ],
    [
      'a paid order of ours, and an attempt that paid nothing here',
      paid('8', { orderId: 'S-4' }),
      { finding: 'not-paid-here', orderId: 'S-4', ours: 'nothing' },
    ],
    [
      'another payment of an attempt than we know, and a wrong order with it',
      paid('4', { paymentId: 'pay-9', orderId: 'S-3' }),
      { finding: 'not-paid-here', orderId: 'S-4', ours: 'pay-4: 160 THB' },
    ],
    [
      'an unknown payment of an unknown order',
      paid('8', { orderId: 'S-8' }),
      { finding: 'unknown-payment', orderId: null, ours: 'nothing' },
    ],
    ['an unknown payment of no order', paid('9'), { finding: 'unknown-payment', orderId: null }],
    [
      'a refund that we never heard of',
      refund({ refundRequestId: 'rf_9' }),
      { finding: 'unknown-refund', orderId: 'S-2' },
    ],
    [
      'a payment that Antom denied when it was asked',
      paid('4', { inquiry: 'ORDER_NOT_EXIST' }),
      { finding: 'inquiry-disagrees', theirs: '160 THB, inquiry ORDER_NOT_EXIST' },
    ],
    ['another currency', paid('4', { amount: { value: '160', currency: 'IDR' } }), { finding: 'amount-differs' }],
  ])('may name %s', async (_, row, difference) => {
    const { differences } = await compare(row);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject(difference);
  });

  it('may leave out what we believe, and that shows for a period that it should cover', async () => {
    await harness.succeeded('S-5', 'ps_5', 'pay-5', '2025-06-15T12:00:00.000Z');
    await harness.settled();
    const missing = async (from: string, to: string) =>
      (await harness.ask<Answer>('reconcile.missing', { file: 'june.csv', from, to })).body.differences;
    const june = ['2025-06-01T00:00:00Z', '2025-07-01T00:00:00Z'] as const;
    expect(await missing(...june)).toMatchObject([
      { finding: 'missing-in-file', paymentId: 'pay-5', opened: true, ours: '160 THB', theirs: 'nothing' },
    ]);
    expect(await missing(...june)).toMatchObject([{ opened: false }]);
    await compare(paid('5'));
    expect(await missing(...june)).toEqual([]);
    const day = new Date(Date.parse(paidAt) + 86_400_000).toISOString();
    expect((await missing(paidAt, day)).map(({ paymentId }) => paymentId)).not.toContain('pay-1');
  });

  it('is refused where a row is half a row, and then nothing of it is compared', async () => {
    const { paymentId: _, ...half } = paid('1');
    const before = (await casesOf()).length;
    const answer = await harness.ask('reconcile', { file: 'broken.csv', rows: [paid('3', { line: 3 }), half] });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'rows.1.paymentId' }] } });
    expect(await casesOf()).toHaveLength(before);
  });
});
