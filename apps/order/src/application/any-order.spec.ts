import fc from 'fast-check';
import { type LatePayment } from '../domain/order.js';
import { applyRefund } from './apply-refund.js';
import { applySuccess } from './apply-success.js';
import { closeOrder } from './close-order.js';
import { inMemory, type Memory } from './memory.specs.js';
import { type Policy, type Stores } from './ports.js';
import { reportMismatch, reportPaidAfterCancel } from './report-trouble.js';
import { sealOrder } from './seal-order.js';

const orderId = 'O-1';
const baht = (value: number) => ({ value: String(value), currency: 'THB' });
const asked = 160;
const order = { amount: baht(asked), description: 'Cappuccino', expiresAt: '2030-01-01T00:00:00.000Z' };
const at = '2026-01-01T00:00:00.000Z';

interface RefundPlan {
  readonly value: number;
  readonly origin: 'requested' | 'unasked';
}
interface PaymentPlan {
  readonly type: 'PaymentSucceeded' | 'PaymentMismatched' | 'PaymentReceivedAfterCancel';
  readonly attempt: 'a' | 'b';
  readonly value: number;
  readonly refunds: readonly RefundPlan[];
}
interface Plan {
  readonly payments: readonly PaymentPlan[];
  /** How far payment-session comes with ending the order: it drains none that it has not sealed. */
  readonly end: readonly ('OrderSealed' | 'OrderDrained')[];
  readonly latePayment: LatePayment;
}
interface Happening {
  readonly type: PaymentPlan['type'] | 'RefundSucceeded' | 'OrderSealed' | 'OrderDrained';
  readonly apply: (stores: Stores, policy: Policy) => Promise<void>;
}
/** What the order service holds in the end, and in which order the events came to it. */
interface Told extends Memory {
  readonly types: readonly Happening['type'][];
}

const refundPlan: fc.Arbitrary<RefundPlan> = fc.record({
  value: fc.integer({ min: 1, max: asked }),
  origin: fc.constantFrom('requested', 'unasked'),
});
const paymentPlan: fc.Arbitrary<PaymentPlan> = fc
  .record({
    type: fc.constantFrom('PaymentSucceeded', 'PaymentSucceeded', 'PaymentMismatched', 'PaymentReceivedAfterCancel'),
    attempt: fc.constantFrom('a', 'b'),
    refunds: fc.array(refundPlan, { maxLength: 2 }),
  })
  .map((plan) => ({ ...plan, value: plan.type === 'PaymentMismatched' ? asked / 2 : asked }));
const plans: fc.Arbitrary<Plan> = fc.record({
  payments: fc.array(paymentPlan, { maxLength: 5 }),
  end: fc.constantFrom<Plan['end']>([], ['OrderSealed'], ['OrderSealed', 'OrderDrained']),
  latePayment: fc.constantFrom<LatePayment>('case', 'reopen'),
});
/** Where each event comes, how often, and in which order. */
const tellings = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 20, maxLength: 20 });

const endings: Record<Plan['end'][number], Happening> = {
  OrderSealed: {
    type: 'OrderSealed',
    apply: (stores) => sealOrder(stores, { orderId, cause: 'requested', sealedAt: at }),
  },
  OrderDrained: { type: 'OrderDrained', apply: (stores) => closeOrder(stores, { orderId }) },
};

function happeningsOf({ type, attempt, value, refunds }: PaymentPlan, index: number): Happening[] {
  const paymentSessionId = `ps_${attempt}`;
  const ids = { orderId, paymentSessionId, paymentRequestId: paymentSessionId, paymentId: `pay-${index}` };
  const paid = { ...ids, amount: baht(value), paidAt: at };
  const arrivals: Record<PaymentPlan['type'], Happening['apply']> = {
    PaymentSucceeded: (stores, policy) => applySuccess(stores, policy, { ...paid, order, heardAt: at }),
    PaymentMismatched: (stores) => reportMismatch(stores, { ...ids, expected: baht(asked), received: baht(value) }, at),
    PaymentReceivedAfterCancel: (stores) => reportPaidAfterCancel(stores, { ...paid, evidence: {} }, at),
  };
  return [
    { type, apply: arrivals[type] },
    ...refunds.map((refund, number): Happening => {
      const refundRequestId = `rf_${index}_${number}`;
      const back = { ...ids, refundRequestId, amount: baht(refund.value), refundedAt: at, origin: refund.origin };
      return { type: 'RefundSucceeded', apply: (stores) => applyRefund(stores, { ...back, heardAt: at }) };
    }),
  ];
}

/** Delivers everything at least once, in the order and as often as the numbers say; the two ends in the order of their topic. */
async function tell(plan: Plan, numbers: readonly (readonly [number, number])[]): Promise<Told> {
  const memory = inMemory(orderId);
  const happenings = [...plan.end.map((type) => endings[type]), ...plan.payments.flatMap(happeningsOf)];
  const ranked = happenings.flatMap((happening, index) => {
    const [rank, again] = numbers[index]!;
    return [rank, ...(again % 3 === 0 ? [again] : [])].map((place) => ({ happening, place }));
  });
  const shuffled = ranked.sort((a, b) => a.place - b.place).map(({ happening }) => happening);
  const told = endsInTurn(shuffled, plan.end);
  for (const { apply } of told) await apply(memory.stores, { latePayment: plan.latePayment });
  return { ...memory, types: told.map(({ type }) => type) };
}

/** Places keep whether an end comes there; which one follows from the order of its topic. */
function endsInTurn(shuffled: readonly Happening[], end: Plan['end']): Happening[] {
  const isEnd = (each: Happening): boolean => end.some((type) => endings[type] === each);
  const inTurn = end.flatMap((type) => shuffled.filter((each) => each === endings[type]));
  return shuffled.map((each) => (isEnd(each) ? inTurn.shift()! : each));
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
/** Whether the order was closed before any success came. */
const closedFirst = ({ types }: Told): boolean => {
  const [drained, succeeded] = [types.indexOf('OrderDrained'), types.indexOf('PaymentSucceeded')];
  return drained >= 0 && (succeeded < 0 || drained < succeeded);
};
const isPaid = ({ payments, latePayment }: Plan, told: Told): boolean =>
  payments.some(({ type }) => type === 'PaymentSucceeded') && (latePayment === 'reopen' || !closedFirst(told));

const check = (property: (plan: Plan, one: Told, other: Told) => void) =>
  fc.assert(
    fc.asyncProperty(plans, tellings, tellings, async (plan, first, second) =>
      property(plan, await tell(plan, first), await tell(plan, second)),
    ),
    { numRuns: 300 },
  );

describe('an order, whatever order its events come in and however often', () => {
  it('counts the same money', () =>
    check(({ payments }, one, other) => {
      const received = sum(payments.map(({ value }) => value));
      const refunded = sum(payments.flatMap(({ refunds }) => refunds).map(({ value }) => value));
      const expected = { received, refunded, saidRefunded: refunded };
      expect([totals(one), totals(other)]).toEqual([expected, expected]);
    }));

  it('is paid by exactly one success: before its seal, between seal and drain, and after the drain by policy', () =>
    check((plan, one) => {
      const kept = one.received().filter(({ standing }) => standing === 'kept');
      expect(kept).toHaveLength(isPaid(plan, one) ? 1 : 0);
      expect(count(one, 'OrderPaid')).toBe(kept.length);
      expect(one.order().paidBy?.paymentId).toBe(kept[0]?.paymentId);
    }));

  it('is paid, or ends as far as payment-session has ended it', () =>
    check((plan, one) => {
      const unpaid = ['open', 'closing', 'closed'][plan.end.length];
      expect(one.order().status).toBe(isPaid(plan, one) ? 'paid' : unpaid);
    }));

  it('is closed once, with the cause of its seal, where no success came before its drain', () =>
    check((_, one) => {
      const closed = one.said.flatMap((news) => (news.type === 'OrderClosed' ? [news.data] : []));
      expect(closed).toEqual(closedFirst(one) ? [{ orderId, cause: 'requested' }] : []);
    }));

  it('knows its facts from any success', () =>
    check(({ payments }, one) => {
      const succeeded = payments.some(({ type }) => type === 'PaymentSucceeded');
      expect(one.order().facts).toEqual(succeeded ? order : null);
    }));

  it('has one case for each payment that is not kept, and none besides', () =>
    check((plan, one) => {
      const ofMoney = one.cases().filter(({ kind }) => !kind.startsWith('refund-'));
      const notKept = one.received().filter(({ standing }) => standing !== 'kept');
      expect(ofMoney.map(({ caseId }) => caseId).sort()).toEqual(
        notKept.map((each) => `${each.standing}/${each.paymentSessionId}/${each.paymentId}`).sort(),
      );
      expect(count(one, 'OrderNeedsAttention')).toBe(one.cases().length);
      const late = one.received().filter(({ standing }) => standing === 'late-payment');
      expect(late.length > 0).toBe(closedFirst(one) && one.types.includes('PaymentSucceeded') && !isPaid(plan, one));
    }));

  it('answers a case itself where all of its money is back with the buyer, and only there', () =>
    check((_, one) => {
      for (const { standing, paymentSessionId, paymentId, amount } of one.received()) {
        const found = one.cases().find(({ caseId }) => caseId === `${standing}/${paymentSessionId}/${paymentId}`);
        const back = totalOf(one.refunded().filter((refund) => refund.paymentId === paymentId));
        const isAnswered = standing !== 'amount-mismatch' && back >= Number(amount.value);
        if (found !== undefined) expect(found.status === 'resolved').toBe(isAnswered);
      }
      expect(count(one, 'OrderAttentionResolved')).toBe(
        one.cases().filter(({ status }) => status === 'resolved').length,
      );
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
});
