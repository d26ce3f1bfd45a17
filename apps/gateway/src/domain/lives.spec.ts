import { type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { advanceCancel, type CancelStep, cancelLife, noCancel } from './cancel.js';
import { lives } from './lives.js';
import { advanceOrder, expectedOrder, orderLife, type OrderStep } from './order.js';
import {
  advanceRefund,
  isRefundAnswered,
  leftOf,
  type Refund,
  refundLife,
  refundsOf,
  type RefundStep,
} from './refund.js';

const asked: Refund = {
  ...{
    id: 'rf_1',
    orderId: 'ORDER_1',
    paymentSessionId: 'ps_1',
    paymentId: null,
    amount: { value: '60', currency: 'THB' },
  },
  ...{ reason: 'cold coffee', requestedBy: 'back-office', status: 'requested', obstacle: null, refundedAt: null },
  createdAt: new Date('2026-11-22T08:00:00Z'),
};
const stepsOf = <Step extends string>(life: Life<Step, string>) => Object.keys(life) as Step[];
const stories = <Step extends string>(life: Life<Step, string>) =>
  fc.array(fc.constantFrom(...stepsOf(life)), { maxLength: 12 });

describe('every life', () => {
  it.each(Object.entries(lives as Record<string, Life<string, string>>))(
    'of a %s leaves no status without an end',
    (_, life) => {
      const arrows = Object.values(life);
      const left = new Set(arrows.flatMap(({ from }) => from));
      const ends = arrows.map(({ to }) => to).filter((status) => !left.has(status));
      for (const status of left)
        expect(arrows.some(({ from, to }) => from.includes(status) && ends.includes(to))).toBe(true);
      expect(ends.length).toBeGreaterThan(0);
    },
  );
});

describe('a refund', () => {
  const told = (steps: readonly RefundStep[]) =>
    steps.reduce((refund, step) => advanceRefund(refund, step).thing, asked);

  it('has given money back once that was said, whatever else was said before or after', () => {
    fc.assert(
      fc.property(stories(refundLife), stories(refundLife), (before, after) => {
        expect(told([...before, 'succeed', ...after]).status).toBe('succeeded');
      }),
    );
  });

  it('never becomes a wish again', () => {
    fc.assert(
      fc.property(stories(refundLife), (steps) => {
        expect(isRefundAnswered(told(steps))).toBe(steps.length > 0);
      }),
    );
  });

  it('ends the same however often each piece of news is repeated', () => {
    fc.assert(
      fc.property(stories(refundLife), (steps) => {
        expect(told(steps.flatMap((step) => [step, step]))).toEqual(told(steps));
      }),
    );
  });

  it('takes nothing from the payment once it was rejected or has failed', () => {
    const payment = { value: '100', currency: 'THB' };
    const kept = (steps: readonly RefundStep[]) => leftOf(payment, [told(steps)]);
    expect([kept([]), kept(['start']), kept(['start', 'succeed'])]).toEqual(['40', '40', '40']);
    expect([kept(['reject']), kept(['start', 'fail'])]).toEqual(['100', '100']);
    expect(leftOf(payment, [asked, asked])).toBe('0');
  });

  it('is of the payment that it names, or of the first of its session', () => {
    const named = (paymentId: string | null) => ({ ...asked, paymentId });
    const all = [named(null), named('pay-1'), named('pay-2')];
    const idsOf = (meant: string | null, first: string | null) =>
      refundsOf({ named: meant, first }, all).map(({ paymentId }) => paymentId);
    expect(idsOf(null, 'pay-1')).toEqual([null, 'pay-1']);
    expect(idsOf('pay-2', 'pay-1')).toEqual(['pay-2']);
    expect(idsOf(null, null)).toEqual([null, 'pay-1', 'pay-2']);
  });
});

describe('an order', () => {
  const told = (steps: readonly OrderStep[]) => steps.reduce(advanceOrder, expectedOrder('ORDER_1')).status;

  it('is paid once that was said, also after its end', () => {
    fc.assert(
      fc.property(stories(orderLife), stories(orderLife), (before, after) => {
        expect(told([...before, 'pay', ...after])).toBe('paid');
      }),
    );
  });

  it('is not open again once it was sealed', () => {
    fc.assert(
      fc.property(stories(orderLife), stories(orderLife), (before, after) => {
        expect(told([...before, 'seal', ...after])).not.toBe('open');
      }),
    );
  });

  it('is closed whichever topic is faster to say that it was opened, sealed and closed', () => {
    for (const story of [
      ['open', 'seal', 'close'],
      ['seal', 'open', 'close'],
      ['open', 'close', 'seal'],
    ] as const)
      expect(told(story)).toBe('closed');
  });
});

describe('the wish to cancel', () => {
  const told = (steps: readonly CancelStep[]) =>
    steps.reduce((cancel, step) => advanceCancel(cancel, step).thing, noCancel);

  it('is fulfilled once Antom has said so', () => {
    fc.assert(
      fc.property(stories(cancelLife), stories(cancelLife), (before, after) => {
        expect(told([...before, 'confirm', ...after]).status).toBe('cancelled');
      }),
    );
  });

  it('may be wished again after a refusal or silence, and not where there is no cancel', () => {
    expect(told(['request', 'refuse', 'request']).status).toBe('requested');
    expect(told(['request', 'giveUp', 'request']).status).toBe('requested');
    expect(told(['request', 'ruleOut', 'request']).status).toBe('impossible');
  });

  it('keeps the reason of the latest answer', () => {
    const refused = advanceCancel(advanceCancel(noCancel, 'request').thing, 'refuse', 'it is paid').thing;
    expect(refused).toEqual({ status: 'refused', reason: 'it is paid' });
    expect(advanceCancel(refused, 'request').thing).toEqual({ status: 'requested', reason: null });
  });
});
