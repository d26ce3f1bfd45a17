import fc from 'fast-check';
import { type Refund, refundProblem, remainderOf } from './refund.js';

const paid = { received: { value: '10000', currency: 'PHP' }, givenBack: 0n };
const refund = (value: number, status: Refund['status'], currency = 'PHP') => ({
  amount: { value: String(value), currency },
  status,
});

describe('what is left of a payment', () => {
  it('never gets below zero by what is asked for, in whatever order refunds come and fail', () => {
    const asked = fc.record({ value: fc.integer({ min: 1, max: 12_000 }), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 20 }), (all) => {
        const admitted: ReturnType<typeof refund>[] = [];
        for (const { value, fails } of all) {
          if (refundProblem({ value: String(value), currency: 'PHP' }, paid, admitted) !== undefined) continue;
          admitted.push(refund(value, fails ? 'failed' : 'started'));
        }
        expect(remainderOf(paid, admitted) >= 0n).toBe(true);
      }),
    );
  });

  it('is less by a refund that is started', () => {
    expect(remainderOf(paid, [refund(4000, 'started')])).toBe(6000n);
  });

  it.each(['waiting', 'rejected', 'failed'] as const)('is not less by a refund that is %s', (status) => {
    expect(remainderOf(paid, [refund(4000, status)])).toBe(10000n);
  });

  it('is less by what went back, which counts once: a refund that succeeded is in it', () => {
    expect(remainderOf({ ...paid, givenBack: 7000n }, [refund(4000, 'succeeded')])).toBe(3000n);
  });

  it('is nothing where Antom wrote no amount in minor units', () => {
    expect(remainderOf({ received: { value: '16.50', currency: 'PHP' }, givenBack: 0n }, [])).toBe(0n);
  });

  it('can be given back to the last unit, and not more', () => {
    const others = [refund(4000, 'started')];
    expect(refundProblem({ value: '6000', currency: 'PHP' }, paid, others)).toBeUndefined();
    expect(refundProblem({ value: '6001', currency: 'PHP' }, paid, others)).toMatchObject({
      code: 'refund_exceeds_payment',
      message: expect.stringContaining('6000 PHP') as unknown,
      errors: [{ field: 'amount' }],
    });
  });

  it('is in the currency of the payment', () => {
    expect(refundProblem({ value: '1', currency: 'THB' }, paid, [])).toMatchObject({
      code: 'refund_currency_differs',
      errors: [{ field: 'amount.currency' }],
    });
  });

  it('is nothing where Antom gave back more than was received', () => {
    const problem = refundProblem({ value: '1', currency: 'PHP' }, { ...paid, givenBack: 12_000n }, []);
    expect(problem?.message).toMatch(/^only 0 PHP/);
  });
});
