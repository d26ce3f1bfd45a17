import fc from 'fast-check';
import { type Refund, refundProblem, remainderOf } from './refund.js';

const paid = { value: '10000', currency: 'PHP' };
const refund = (value: number, status: Refund['status'], currency = 'PHP') => ({
  amount: { value: String(value), currency },
  status,
});

describe('what is left of a payment', () => {
  it('never gets below zero by what is asked for, in whatever order refunds come and fail', () => {
    const wish = fc.record({ value: fc.integer({ min: 1, max: 12_000 }), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const admitted: ReturnType<typeof refund>[] = [];
        for (const { value, fails } of wishes) {
          if (refundProblem({ value: String(value), currency: 'PHP' }, paid, admitted) !== undefined) continue;
          admitted.push(refund(value, fails ? 'failed' : 'taken'));
        }
        expect(remainderOf(paid, admitted) >= 0n).toBe(true);
      }),
    );
  });

  it.each(['started', 'taken', 'refused', 'unanswered', 'succeeded'] as const)(
    'is less by a refund that is %s',
    (status) => {
      expect(remainderOf(paid, [refund(4000, status)])).toBe(6000n);
    },
  );

  it.each(['considered', 'rejected', 'failed'] as const)('is not less by a refund that is %s', (status) => {
    expect(remainderOf(paid, [refund(4000, status)])).toBe(10000n);
  });

  it('can be given back to the last unit, and not more', () => {
    const others = [refund(4000, 'taken')];
    expect(refundProblem({ value: '6000', currency: 'PHP' }, paid, others)).toBeUndefined();
    expect(refundProblem({ value: '6001', currency: 'PHP' }, paid, others)).toMatchObject({
      code: 'refund_exceeds_payment',
      message: expect.stringContaining('6000 PHP') as unknown,
    });
  });

  it('is in the currency of the payment', () => {
    expect(refundProblem({ value: '1', currency: 'THB' }, paid, [])).toMatchObject({ code: 'refund_currency_differs' });
  });

  it('is nothing where Antom gave back more than was asked', () => {
    const others = [refund(12_000, 'succeeded')];
    expect(refundProblem({ value: '1', currency: 'PHP' }, paid, others)?.message).toMatch(/^only 0 PHP/);
  });
});
