import fc from 'fast-check';
import { type AttemptEnd } from '../domain/attempt-end.js';
import { type LatePayment } from '../domain/order.js';
import { applyRefund } from './apply-refund.js';
import { applySuccess } from './apply-success.js';
import { endAttempt } from './end-attempt.js';
import { inMemory, type Memory } from './memory.specs.js';
import { type Policy, type Stores } from './ports.js';
import { sealOrder } from './seal-order.js';
import { startAttempt } from './start-attempt.js';

const orderId = 'O-1';
const baht = (value: number) => ({ value: String(value), currency: 'THB' });
const asked = 160;
const order = { amount: baht(asked), description: 'Cappuccino', expiresAt: '2030-01-01T00:00:00.000Z' };
const at = '2026-01-01T00:00:00.000Z';

interface RefundPlan {
  readonly value: number;
  readonly origin: 'requested' | 'double' | 'unasked';
}
interface AttemptPlan {
  readonly category: 'MOBILE_BANKING_APP' | 'ONLINE_BANKING';
  readonly end: AttemptEnd | undefined;
  /** What comes back of each of its successes. */
  readonly successes: readonly (readonly RefundPlan[])[];
}
type Happening = (stores: Stores, policy: Policy) => Promise<void>;

const refundPlan: fc.Arbitrary<RefundPlan> = fc.record({
  value: fc.integer({ min: 1, max: asked }),
  origin: fc.constantFrom('requested', 'double', 'unasked'),
});
// After a cancel that Antom answered the ear never says that the attempt succeeded.
const attemptPlan: fc.Arbitrary<AttemptPlan> = fc
  .record({
    category: fc.constantFrom('MOBILE_BANKING_APP' as const, 'ONLINE_BANKING' as const),
    end: fc.constantFrom(undefined, 'expired' as const, 'cancelled' as const, 'never-existed' as const),
    successes: fc.array(fc.array(refundPlan, { maxLength: 2 }), { maxLength: 2 }),
  })
  .map((plan) => (plan.end === 'cancelled' ? { ...plan, successes: [] } : plan));

const plans = fc.record({
  attempts: fc.array(attemptPlan, { minLength: 1, maxLength: 3 }),
  sealed: fc.boolean(),
  latePayment: fc.constantFrom<LatePayment>('case', 'reopen'),
});
/** Where each happening is told, how often, and in which order. */
const tellings = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 60, maxLength: 60 });

interface Plan {
  readonly attempts: readonly AttemptPlan[];
  readonly sealed: boolean;
  readonly latePayment: LatePayment;
}

function happeningsOf({ attempts, sealed }: Plan): Happening[] {
  const ids = attempts.map((_, index) => `ps_${index}`);
  const happenings = attempts.flatMap((plan, index) => happeningsOfAttempt(ids[index]!, plan));
  const seal: Happening = (stores) => sealOrder(stores, { orderId, cause: 'expired', paymentSessionIds: ids });
  return sealed ? [...happenings, seal] : happenings;
}

function happeningsOfAttempt(paymentSessionId: string, { category, end, successes }: AttemptPlan): Happening[] {
  const attempt = { orderId, paymentSessionId, paymentRequestId: paymentSessionId };
  const started = { ...attempt, order, amount: baht(asked), bankChoice: { category }, endsAt: at };
  return [
    (stores, policy) => startAttempt(stores, policy, started),
    ...(end === undefined ? [] : [(stores: Stores) => endAttempt(stores, attempt, end)]),
    ...successes.flatMap((refunds, number) => {
      const payment = { paymentSessionId, paymentId: `${paymentSessionId}-${number}` };
      const success = { ...payment, amount: baht(asked), paidAt: at, heardAt: at };
      return [
        (stores: Stores, policy: Policy) => applySuccess(stores, policy, orderId, success),
        ...refunds.map(({ value, origin }, index) => (stores: Stores) => {
          const refundRequestId = `rf_${payment.paymentId}_${index}`;
          return applyRefund(stores, {
            ...payment,
            orderId,
            refundRequestId,
            amount: baht(value),
            refundedAt: at,
            origin,
            heardAt: at,
          });
        }),
      ];
    }),
  ];
}

/** Tells everything at least once, in the order and as often as the numbers say. */
async function tell(plan: Plan, numbers: readonly (readonly [number, number])[]): Promise<Memory> {
  const memory = inMemory(orderId);
  const policy = { latePayment: plan.latePayment, refundDoubles: ['MOBILE_BANKING_APP'] };
  const happenings = happeningsOf(plan).map((happen, index) => ({
    happen,
    rank: numbers[index]![0],
    again: numbers[index]![1],
  }));
  const repeats = happenings.filter(({ again }) => again % 3 === 0).map((each) => ({ ...each, rank: each.again }));
  const told = [...happenings, ...repeats].sort((a, b) => a.rank - b.rank);
  for (const { happen } of told) await happen(memory.stores, policy);
  return memory;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const totalOf = (amounts: readonly { amount: { value: string } }[]): number =>
  sum(amounts.map(({ amount }) => Number(amount.value)));
const totals = (memory: Memory) => ({
  received: totalOf(memory.received()),
  refunded: totalOf(memory.refunded()),
  saidRefunded: totalOf(
    memory.said.flatMap((news) => (news.type === 'OrderRefunded' ? [{ amount: news.data.amount }] : [])),
  ),
});
const count = (memory: Memory, type: string): number => memory.said.filter((news) => news.type === type).length;
const successesOf = ({ attempts }: Plan): number => sum(attempts.map(({ successes }) => successes.length));

const check = (property: (plan: Plan, one: Memory, other: Memory) => void) =>
  fc.assert(
    fc.asyncProperty(plans, tellings, tellings, async (plan, first, second) =>
      property(plan, await tell(plan, first), await tell(plan, second)),
    ),
    { numRuns: 300 },
  );

describe('an order, whatever order its news comes in and however often', () => {
  it('counts the same money', () =>
    check((plan, one, other) => {
      const refunds = plan.attempts.flatMap(({ successes }) => successes.flat());
      const refunded = sum(refunds.map(({ value }) => value));
      const expected = { received: successesOf(plan) * asked, refunded, saidRefunded: refunded };
      expect([totals(one), totals(other)]).toEqual([expected, expected]);
    }));

  it('keeps exactly one success, unless a person decides about late ones', () =>
    check((plan, one) => {
      const kept = one.received().filter(({ standing }) => standing === 'kept').length;
      expect(count(one, 'OrderPaid')).toBe(kept);
      expect(one.order().status === 'paid').toBe(kept === 1);
      const mayBeLate = plan.sealed && plan.latePayment === 'case';
      if (successesOf(plan) > 0 && !mayBeLate) expect(kept).toBe(1);
      if (successesOf(plan) === 0) expect(kept).toBe(0);
    }));

  it('has one case for each success that is not kept, and none besides', () =>
    check((_, one) => {
      const ofMoney = one.cases().filter(({ kind }) => !kind.startsWith('refund-'));
      const notKept = one.received().filter(({ standing }) => standing !== 'kept');
      expect(ofMoney.map(({ caseId }) => caseId).sort()).toEqual(
        notKept.map((each) => `${each.standing}/${each.paymentSessionId}/${each.paymentId}`).sort(),
      );
      expect(count(one, 'OrderNeedsAttention')).toBe(one.cases().length);
    }));

  it('answers a case itself where all of its money is back with the shopper, and only there', () =>
    check((_, one) => {
      for (const { standing, paymentSessionId, paymentId, amount } of one.received()) {
        const found = one.cases().find(({ caseId }) => caseId === `${standing}/${paymentSessionId}/${paymentId}`);
        const back = totalOf(one.refunded().filter((refund) => refund.paymentId === paymentId));
        if (found !== undefined) expect(found.status === 'resolved').toBe(back >= Number(amount.value));
      }
      expect(count(one, 'OrderAttentionResolved')).toBe(
        one.cases().filter(({ status }) => status === 'resolved').length,
      );
    }));

  it('is closed only when it was sealed, nothing of it is kept, and each of its attempts has ended', () =>
    check((plan, one) => {
      const allEnded = plan.attempts.every(({ end }) => end !== undefined);
      const kept = one.received().some(({ standing }) => standing === 'kept');
      expect(one.order().status === 'closed').toBe(plan.sealed && allEnded && !kept);
      expect(count(one, 'OrderClosed')).toBeLessThanOrEqual(1);
      if (one.order().status === 'closed') expect(count(one, 'OrderClosed')).toBe(1);
    }));

  it('never says that less than nothing is left of a payment', () =>
    check((_, one) => {
      const left = one.said.flatMap((news) =>
        news.type === 'OrderRefunded' ? [Number(news.data.remainder.value)] : [],
      );
      expect(left.every((value) => value >= 0)).toBe(true);
      const exceeded = one.cases().filter(({ kind }) => kind === 'refund-exceeds-payment').length;
      const tooMuch = one.received().filter(({ paymentId, amount }) => {
        const back = totalOf(one.refunded().filter((refund) => refund.paymentId === paymentId));
        return back > Number(amount.value);
      }).length;
      expect(exceeded > 0).toBe(tooMuch > 0);
    }));

  it('gives a second payment back by itself only for the kind of bank that was named, and never within one attempt', () =>
    check((plan, one) => {
      const asks = one.said.flatMap((news) => (news.type === 'OrderRefundRequested' ? [news.data] : []));
      for (const { paymentSessionId, keptPaymentSessionId } of asks) {
        expect(plan.attempts[Number(paymentSessionId.slice(3))]?.category).toBe('MOBILE_BANKING_APP');
        expect(paymentSessionId).not.toBe(keptPaymentSessionId);
      }
      expect(new Set(asks.map(({ refundRequestId }) => refundRequestId)).size).toBe(asks.length);
    }));
});
