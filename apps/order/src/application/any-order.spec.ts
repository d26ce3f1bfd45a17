import fc from 'fast-check';
import { baht, idsOf, orderId, type OrderInMemory, orderInMemory } from '../testing/order-in-memory.specs.js';
import { type OutgoingEvent } from './ports.js';

const asked = 160;
const facts = { amount: baht(asked), description: 'Cappuccino', expiresAt: '2030-01-01T00:00:00.000Z' };
const at = '2026-01-01T12:00:00.000Z';
const late = '2026-01-01T12:30:00.000Z';

interface BackPlan {
  readonly value: number;
  readonly type: 'RefundSucceeded' | 'PaymentReturned';
}
interface PaymentPlan {
  readonly kind: 'success' | 'late' | 'other-amount' | 'after-cancel';
  readonly value: number;
  readonly backs: readonly BackPlan[];
}
interface Plan {
  readonly payments: readonly PaymentPlan[];
  /** How far payment-session comes with ending the order: it drains none that it has not sealed. */
  readonly end: readonly ('OrderSealed' | 'OrderDrained')[];
  readonly latePayment: 'case' | 'reopen';
}
type Happening = (order: OrderInMemory) => Promise<void>;

const backPlan: fc.Arbitrary<BackPlan> = fc.record({
  value: fc.oneof(fc.integer({ min: 1, max: asked }), fc.constant(asked)),
  type: fc.constantFrom('RefundSucceeded', 'PaymentReturned'),
});
const paymentPlan: fc.Arbitrary<PaymentPlan> = fc
  .record({
    kind: fc.constantFrom<PaymentPlan['kind'][]>('success', 'success', 'late', 'other-amount', 'after-cancel'),
    backs: fc.array(backPlan, { maxLength: 2 }),
  })
  .map((plan) => ({ ...plan, value: plan.kind === 'other-amount' ? asked / 2 : asked }));
const plans: fc.Arbitrary<Plan> = fc.record({
  payments: fc.array(paymentPlan, { maxLength: 5 }),
  end: fc.constantFrom<Plan['end']>([], ['OrderSealed'], ['OrderSealed', 'OrderDrained']),
  latePayment: fc.constantFrom('case', 'reopen'),
});
/** Where each event comes, how often, and in which order. */
const tellings = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 20, maxLength: 20 });

const endings: Record<Plan['end'][number], Happening> = {
  OrderSealed: (order) => order.sealed(at),
  OrderDrained: (order) => order.drained(),
};

function happeningsOf({ kind, value, backs }: PaymentPlan, index: number): Happening[] {
  const ids = idsOf(String(index));
  const amount = baht(value);
  const paidAt = kind === 'late' ? late : at;
  const arrival: Happening = (order) =>
    kind === 'success' || kind === 'late'
      ? order.payment('PaymentSucceeded', { ...ids, order: facts, amount, paidAt })
      : order.payment('PaymentNeedsAttention', { ...ids, kind, received: amount, paidAt, order: facts, evidence: {} });
  const back = (plan: BackPlan, number: number): Happening => {
    const id = `back_${index}_${number}`;
    const money = { ...ids, amount: baht(plan.value) };
    return (order) =>
      plan.type === 'RefundSucceeded'
        ? order.payment('RefundSucceeded', { ...money, refundRequestId: id, refundedAt: at })
        : order.payment('PaymentReturned', { ...money, returnId: id, returnedAt: at, cause: 'refund', evidence: {} });
  };
  return [arrival, ...backs.map(back)];
}

/** Delivers everything at least once, in the order and as often as the numbers say; the two ends in the order of their topic. */
async function tell(plan: Plan, numbers: readonly (readonly [number, number])[]): Promise<OrderInMemory> {
  const order = orderInMemory({ latePayment: plan.latePayment, graceMs: 20 * 60_000 });
  const happenings = [...plan.end.map((type) => endings[type]), ...plan.payments.flatMap(happeningsOf)];
  const ranked = happenings.flatMap((happening, index) => {
    const [rank, again] = numbers[index]!;
    return [rank, ...(again % 3 === 0 ? [again] : [])].map((place) => ({ happening, place }));
  });
  const shuffled = ranked.sort((a, b) => a.place - b.place).map(({ happening }) => happening);
  for (const happen of endsInTurn(shuffled, plan.end)) await happen(order);
  return order;
}

/** Places keep whether an end comes there; which one follows from the order of its topic. */
function endsInTurn(shuffled: readonly Happening[], end: Plan['end']): Happening[] {
  const isEnd = (each: Happening): boolean => end.some((type) => endings[type] === each);
  const inTurn = end.flatMap((type) => shuffled.filter((each) => each === endings[type]));
  return shuffled.map((each) => (isEnd(each) ? inTurn.shift()! : each));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const arrivals = (order: OrderInMemory) => order.payments().flatMap((each) => (each.amount === null ? [] : [each]));
const backOf = ({ backs }: PaymentPlan): number => sum(backs.map(({ value }) => value));
const amounts = (order: OrderInMemory, type: OutgoingEvent['type']): number[] =>
  order.dataOf(type).map((data) => Number((data as { amount: { value: string } }).amount.value));
const caseIds = (order: OrderInMemory): string[] => order.cases().map(({ caseId }) => caseId);

const check = (property: (plan: Plan, order: OrderInMemory) => void) =>
  fc.assert(
    fc.asyncProperty(plans, tellings, async (plan, numbers) => property(plan, await tell(plan, numbers))),
    { numRuns: 500 },
  );

describe('an order, whatever order its events come in and however often', () => {
  it('counts the same money, each give-back once', () =>
    check(({ payments }, order) => {
      const back = sum(payments.map(backOf));
      expect(sum(arrivals(order).map(({ amount }) => Number(amount.value)))).toBe(
        sum(payments.map(({ value }) => value)),
      );
      expect(sum(arrivals(order).map(({ givenBack }) => Number(givenBack)))).toBe(back);
      expect(sum([...amounts(order, 'OrderRefunded'), ...amounts(order, 'OrderPaymentReturned')])).toBe(back);
    }));

  it('is paid by one payment at a time, and again only after none paid it', () =>
    check((_, order) => {
      let isPaid = false;
      for (const { type, data } of order.events) {
        if (type === 'OrderPaid') expect(isPaid).toBe(false);
        if (type === 'OrderPaid') isPaid = true;
        if (type === 'OrderPaymentReturned') isPaid = data.paidBy !== null;
      }
      const paying = arrivals(order).filter(({ standing }) => standing === 'paid');
      expect(paying.map(({ paymentId }) => paymentId)).toEqual(
        order.order()?.paidBy ? [order.order()!.paidBy!.paymentId] : [],
      );
      expect(order.order()?.status === 'paid').toBe(paying.length === 1);
    }));

  it('is paid where money came in time, and by late money at most before its seal is known', () =>
    check(({ payments, latePayment, end }, order) => {
      const paidIds = order.dataOf('OrderPaid').map((data) => ('paymentId' in data ? data.paymentId : undefined));
      if (payments.some(({ kind }) => kind === 'success')) expect(paidIds).not.toEqual([]);
      payments.forEach(({ kind }, index) => {
        if (kind === 'late' && latePayment === 'case' && end.length > 0 && paidIds.includes(`pay-${index}`))
          expect([...caseIds(order), ...returnedIds(order)].join()).toContain(`pay-${index}`);
      });
    }));

  it('is closed once at most, with the cause of its seal', () =>
    check(({ end }, order) => {
      const closed = order.dataOf('OrderClosed');
      expect(closed).toEqual(closed.length === 0 ? [] : [{ orderId, cause: 'requested' }]);
      if (end.length === 2) expect(order.order()?.status).toMatch(/^(closed|paid|returned)$/);
    }));

  it('has a case for each payment that pays nothing', () =>
    check((_, order) => {
      for (const { standing, paymentSessionId, paymentId } of arrivals(order))
        if (standing !== 'paid' && standing !== 'returned')
          expect(caseIds(order)).toContain(`${standing}/${paymentSessionId}/${paymentId}`);
      expect(order.published().filter((type) => type === 'OrderNeedsAttention')).toHaveLength(order.cases().length);
    }));

  it('answers a case itself where all of its money is back, and only there', () =>
    check((_, order) => {
      for (const { standing, paymentSessionId, paymentId, amount, givenBack } of arrivals(order)) {
        const found = order.cases().find(({ caseId }) => caseId === `${standing}/${paymentSessionId}/${paymentId}`);
        const isBack = standing !== 'other-amount' && Number(givenBack) >= Number(amount.value);
        if (found !== undefined) expect(found.status === 'resolved').toBe(isBack);
      }
    }));

  it('never tells that less than nothing is left of a payment, and puts it before a person', () =>
    check(({ payments }, order) => {
      const tooMuch = payments.filter((plan) => backOf(plan) > plan.value).length;
      const cases = order.cases().filter(({ kind }) => kind === 'over-refunded');
      expect(new Set(cases.map(({ paymentId }) => paymentId)).size).toBe(tooMuch);
      for (const data of order.dataOf('OrderRefunded'))
        expect('remainder' in data && Number(data.remainder.value) >= 0).toBe(true);
    }));
});

const returnedIds = (order: OrderInMemory): string[] =>
  arrivals(order).flatMap(({ standing, paymentId }) => (standing === 'returned' ? [paymentId] : []));
