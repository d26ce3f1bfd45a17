import { type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { answerCancel, cancelStatus, confirmCancel, mayRequestCancel, noCancel, requestCancel } from './cancel.js';
import { advanceOrder, newOrder, orderLife, type OrderTransition } from './order.js';
import {
  advanceRefund,
  isAllReturned,
  isRefundAnswered,
  leftOf,
  newRefund,
  type Refund,
  refundLife,
  refundsOf,
  type RefundTransition,
} from './refund.js';

const now = new Date('2026-11-22T08:00:00Z');
const thb = (value: string) => ({ value, currency: 'THB' });
const about = { id: 'rf_1', orderId: 'ORDER_1', paymentSessionId: 'ps_1', paymentId: null, amount: thb('60') };
const asked = newRefund({ ...about, reason: 'cold coffee', createdAt: now });
const stepsOf = <Step extends string>(life: Life<Step, string>) => Object.keys(life) as Step[];
const stories = <Step extends string>(life: Life<Step, string>) =>
  fc.array(fc.constantFrom(...stepsOf(life)), { maxLength: 12 });

describe('a refund', () => {
  const told = (steps: readonly RefundTransition[]) =>
    steps.reduce((refund, step) => advanceRefund(refund, step).thing, asked);

  it('has given money back once that was published, whatever else comes before or after', () => {
    fc.assert(
      fc.property(stories(refundLife), stories(refundLife), (before, after) => {
        expect(told([...before, 'succeed', ...after]).status).toBe('succeeded');
      }),
    );
  });

  it('is never requested again', () => {
    fc.assert(
      fc.property(stories(refundLife), (steps) => {
        expect(isRefundAnswered(told(steps))).toBe(steps.length > 0);
      }),
    );
  });

  it('ends the same however often each event is repeated', () => {
    fc.assert(
      fc.property(stories(refundLife), (steps) => {
        expect(told(steps.flatMap((step) => [step, step]))).toEqual(told(steps));
      }),
    );
  });

  it('takes nothing from the payment once it was rejected or has failed', () => {
    const payment = thb('100');
    const kept = (steps: readonly RefundTransition[]) => leftOf(payment, [told(steps)]);
    expect([kept([]), kept(['start']), kept(['start', 'succeed'])]).toEqual(['40', '40', '40']);
    expect([kept(['reject']), kept(['start', 'fail'])]).toEqual(['100', '100']);
    expect(leftOf(payment, [asked, asked])).toBe('0');
  });

  it('is of the payment that it names, or of the first of its session', () => {
    const named = (paymentId: string | null) => ({ ...asked, paymentId });
    const all = [named(null), named('pay-1'), named('pay-2')];
    const idsOf = (meant: string | null, first: string | null) =>
      refundsOf(meant ?? first, first, all).map(({ paymentId }) => paymentId);
    expect(idsOf(null, 'pay-1')).toEqual([null, 'pay-1']);
    expect(idsOf('pay-2', 'pay-1')).toEqual(['pay-2']);
    expect(idsOf(null, null)).toEqual([null, 'pay-1', 'pay-2']);
  });

  it('gives all of the money of a session back only together with every other, and only once it succeeded', () => {
    const payments = ['pay-1', 'pay-2'].map((paymentId) => ({ ...about, paymentId, amount: thb('60') }));
    const back = (paymentId: string, status: Refund['status'] = 'succeeded') => ({ ...asked, paymentId, status });
    expect(isAllReturned(payments, [back('pay-1'), back('pay-2')])).toBe(true);
    expect(isAllReturned(payments, [back('pay-1'), back('pay-2', 'started')])).toBe(false);
    expect(isAllReturned(payments, [back('pay-1'), back('pay-1')])).toBe(false);
    expect(isAllReturned([], [back('pay-1')])).toBe(false);
  });
});

describe('an order', () => {
  const after = (...steps: readonly OrderTransition[]) => steps.reduce(advanceOrder, newOrder('ORDER_1')).status;

  it('is paid once that was published, until its money went back', () => {
    const others = stories(orderLife).map((steps) => steps.filter((step) => step !== 'return'));
    fc.assert(
      fc.property(stories(orderLife), others, (before, rest) => {
        expect(after(...before, 'pay', ...rest)).toBe('paid');
      }),
    );
  });

  it('is not open again once it was sealed, unless money came and went back', () => {
    const others = stories(orderLife).map((steps) => steps.filter((step) => step !== 'return'));
    fc.assert(
      fc.property(others, others, (before, rest) => {
        expect(after(...before, 'seal', ...rest)).not.toBe('open');
      }),
    );
  });

  it('is closed whichever topic is faster to tell that it was sealed and closed', () => {
    expect([after('seal', 'close'), after('close', 'seal')]).toEqual(['closed', 'closed']);
  });

  it('is returned, paid again and reopened as the order service decides', () => {
    expect(after('pay', 'return')).toBe('returned');
    expect(after('pay', 'return', 'pay')).toBe('paid');
    expect(after('pay', 'return', 'reopen')).toBe('open');
    expect([after('reopen'), after('pay', 'reopen'), after('close', 'return')]).toEqual(['open', 'paid', 'closed']);
  });
});

describe('a cancel', () => {
  const requested = requestCancel(now);

  it('is confirmed for good once Antom has answered so', () => {
    const confirmed = answerCancel(requested, 'cancelled', 'done');
    for (const answer of ['refused', 'unanswered', 'impossible'] as const)
      expect(answerCancel(confirmed, answer, 'late')).toBe(confirmed);
    expect(mayRequestCancel(confirmed)).toBe(false);
  });

  it('may be requested again after a refusal or silence, and not while it is, nor where there is no cancel', () => {
    expect(mayRequestCancel(noCancel)).toBe(true);
    expect(mayRequestCancel(requested)).toBe(false);
    for (const answer of ['refused', 'unanswered'] as const)
      expect(mayRequestCancel(answerCancel(requested, answer))).toBe(true);
    expect(mayRequestCancel(answerCancel(requested, 'impossible'))).toBe(false);
  });

  it('shows the latest answer with its reason, and a new request in its place', () => {
    const refused = answerCancel(requested, 'refused', 'it is paid');
    expect([cancelStatus(noCancel), cancelStatus(requested), cancelStatus(refused)]).toEqual([
      ...[undefined, 'requested', 'refused'],
    ]);
    expect(refused.reason).toBe('it is paid');
    expect(requestCancel(now)).toEqual({ requestedAt: now, answer: null, reason: null });
  });

  it('is confirmed by the end of the session only where there was one', () => {
    expect(confirmCancel(noCancel)).toBe(noCancel);
    expect(cancelStatus(confirmCancel(requested))).toBe('cancelled');
  });
});
