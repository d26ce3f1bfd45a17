import fc from 'fast-check';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type AttemptUpdate } from '../domain/payment-update.js';
import { type RefundUpdate } from '../domain/refund-update.js';
import { type RefundAnswer } from '../domain/watched-refund.js';
import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { applyRefundUpdate } from './apply-refund-update.js';
import { applyUpdate } from './apply-update.js';
import { inquirePayment } from './inquire-payment.js';
import { inquireRefund } from './inquire-refund.js';
import { type DueInquiries, type Stores } from './ports.js';
import { rememberCancel, watchAttempt } from './watch-attempt.js';
import { hintAtRefund, watchRefund } from './watch-refund.js';

const start = new Date('2026-03-01T10:00:00Z').getTime();
const hour = 3_600_000;
const amount = { value: '160', currency: 'THB' };
const announcedBy = { id: 'event-1' };

type Step = (stores: Stores, now: Date) => Promise<unknown>;

/** Everything that can be reported of one attempt, which is paid twice. */
const about = (paymentId: string) => ({ paymentRequestId: 'ps_1', paymentId, amount });
const paid = (paymentId: string, changes: object = {}): AttemptUpdate => ({
  ...about(paymentId),
  kind: 'succeeded',
  paidAt: '2026-03-01T10:01:00.000Z',
  ...changes,
});
const reports = {
  'pay-1 succeeds': paid('pay-1'),
  'pay-2 succeeds': paid('pay-2'),
  'pay-1 succeeds, signed long ago': paid('pay-1', { old: true }),
  'pay-3 brings another amount': paid('pay-3', { amount: { value: '161', currency: 'THB' } }),
  'pay-1 fails': { ...about('pay-1'), kind: 'failed', code: 'RISK_REJECT', message: '' },
  'pay-1 is pending': { ...about('pay-1'), kind: 'pending' },
  'it is cancelled': { kind: 'cancelled', paymentRequestId: 'ps_1' },
} as const satisfies Record<string, AttemptUpdate>;
type Report = keyof typeof reports;

const endsAt = new Date(start + hour);
const order = { amount, description: 'Cappuccino', expiresAt: endsAt.toISOString() };
const ends = { sessionExpiresAt: endsAt.toISOString(), endsAt: endsAt.toISOString() };
const watch = { orderId: 'O-1', order, amount, announcedBy, ...ends };
const announced =
  (isRefused: boolean): Step =>
  (stores, now) =>
    watchAttempt(stores, { now: () => now }, { paymentRequestId: 'ps_1', watch, isRefused });
const created = announced(false);
const rejected = announced(true);

/** Does everything in an order, and then asks Antom until nothing is left to be asked. */
async function live<Thing>(
  steps: readonly Step[],
  of: (stores: Stores) => DueInquiries<Thing>,
  ask: (work: MemoryUnitOfWork, tools: never, asked: Thing) => Promise<void>,
  antom: object,
) {
  const work = new MemoryUnitOfWork();
  let now = new Date(start);
  const clock = { now: () => now };
  for (const step of steps) await work.run((stores) => step(stores, now));
  for (let hours = 0; hours < 400; hours++) {
    now = new Date(start + hours * hour);
    const leases = await work.run((stores) => of(stores).claimDue(now, new Date(now.getTime() + 15_000), 10));
    for (const lease of leases) await ask(work, { antom, clock } as never, lease);
  }
  return work;
}

const identities = (work: MemoryUnitOfWork) => work.published.map(({ event }) => `${event.type} ${event.identity}`);

describe('one attempt, whatever is reported of it and in whatever order', () => {
  const inAnyOrder = fc.shuffledSubarray([
    ...(Object.keys(reports) as Report[]),
    ...(Object.keys(reports) as Report[]),
  ]);
  const answerOf = (names: readonly Report[]): InquiryAnswer => {
    if (names.some((name) => name.startsWith('pay-1 succeeds')))
      return { kind: 'update', update: paid('pay-1') as never, refunds: [] };
    return names.includes('it is cancelled') ? { kind: 'cancelled', refunds: [] } : { kind: 'not-found' };
  };

  const lived = async (names: readonly Report[], at: number, announce = created) => {
    const steps: Step[] = names.map((name) => (stores, now) => applyUpdate(stores, reports[name], now));
    steps.splice(at % (steps.length + 1), 0, announce);
    const antom = {
      inquire: (_: string, paymentId?: string) =>
        Promise.resolve(
          paymentId === 'pay-2' ? { kind: 'update', update: paid('pay-2'), refunds: [] } : answerOf(names),
        ),
    };
    const work = await live(steps, ({ payments }) => payments, inquirePayment, antom);
    return { published: identities(work), status: (await work.run(({ payments }) => payments.lock('ps_1'))).status };
  };

  it('is published nothing of twice', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, fc.nat(), fc.constantFrom(created, rejected), async (names, at, announce) => {
        const { published } = await lived(names, at, announce);
        expect(published).toEqual([...new Set(published)]);
      }),
      { numRuns: 60 },
    );
  });

  it('ends in the same totals: the same money published, and one end', async () => {
    const uncancelled = inAnyOrder.filter((names) => !names.includes('it is cancelled'));
    const money = (published: readonly string[]) =>
      published.filter((name) => /^Payment(Succeeded|NeedsAttention (other-amount|after-cancel))/.test(name)).sort();
    await fc.assert(
      fc.asyncProperty(
        uncancelled,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(created, rejected),
        async (names, at, turn, announce) => {
          const [one, other] = [
            await lived(names, at, announce),
            await lived(names.toSpliced(0, turn % 3).concat(names), at + turn, announce),
          ];
          expect([money(other.published), other.status]).toEqual([money(one.published), one.status]);
          if (names.some((name) => name.includes('succeeds'))) expect(one.status).toBe('succeeded');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that is cancelled before it is paid never succeeds, and none of its money is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async (names) => {
        const { published, status } = await lived(['it is cancelled', ...names], 0);
        const paidIds = new Set(names.filter((name) => name.includes('succeeds')).map((name) => name.slice(0, 5)));
        expect(status).toBe('cancelled');
        expect(published.filter((name) => name.startsWith('PaymentSucceeded'))).toEqual([]);
        expect(published.filter((name) => name.includes('after-cancel/'))).toHaveLength(paidIds.size);
      }),
      { numRuns: 60 },
    );
  });

  it('that is paid before it is cancelled stays paid where Antom says so again, and a person is told', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async (names) => {
        const { published, status } = await lived(['pay-1 succeeds', ...names, 'it is cancelled'], 0);
        expect(status).toBe('succeeded');
        expect(published).toContain('PaymentNeedsAttention after-cancel/ps_1/pay-1');
      }),
      { numRuns: 40 },
    );
  });
});

describe('one attempt whose cancel was started', () => {
  const cancelStarted: Step = (stores, now) => rememberCancel(stores, { now: () => now }, 'ps_1');
  const success: Step = (stores, now) => applyUpdate(stores, reports['pay-1 succeeds'], now);
  const answers = {
    succeeded: { kind: 'update', update: paid('pay-1') as never, refunds: [] },
    cancelled: { kind: 'cancelled', refunds: [] },
  } as const satisfies Record<string, InquiryAnswer>;
  const inAnyOrder = fc.shuffledSubarray([created, success, success, cancelStarted, cancelStarted], { minLength: 5 });
  const ends = {
    succeeded: ['PaymentSucceeded ps_1/pay-1/succeeded'],
    cancelled: ['PaymentCancelled ps_1', 'PaymentNeedsAttention after-cancel/ps_1/pay-1'],
  };

  it.each(['succeeded', 'cancelled'] as const)(
    'is inquired about before its success is believed, which is what an inquiry says: %s',
    async (word) => {
      await fc.assert(
        fc.asyncProperty(inAnyOrder, async (steps) => {
          const antom = { inquire: () => Promise.resolve(answers[word]) };
          const work = await live(steps, ({ payments }) => payments, inquirePayment, antom);
          const [started, paidFirst] = [steps.indexOf(cancelStarted), steps.indexOf(success)];
          fc.pre(started < Math.max(paidFirst, steps.indexOf(created)));
          expect(identities(work)).toEqual(['PaymentPending ps_1/pay-1/inquiring-after-cancel', ...ends[word]]);
        }),
        { numRuns: 40 },
      );
    },
  );
});

describe('one refund, whatever is reported of it and in whatever order', () => {
  const refunded = (changes: object = {}): RefundUpdate => ({
    ...{ refundRequestId: 'rf_1', kind: 'succeeded', amount, code: '', message: '' },
    refundedAt: '2026-03-01T10:05:00.000Z',
    ...changes,
  });
  const events = {
    'it succeeds': (stores, now) => applyRefundUpdate(stores, refunded(), now),
    'it succeeds, signed long ago': (stores, now) => applyRefundUpdate(stores, refunded({ old: true }), now),
    'it fails': (stores, now) => applyRefundUpdate(stores, refunded({ kind: 'failed', code: 'PROCESS_FAIL' }), now),
    'it is processed': (stores, now) => applyRefundUpdate(stores, refunded({ kind: 'processing' }), now),
    'the call was refused': (stores, now) =>
      hintAtRefund(stores, { now: () => now }, 'rf_1', { code: 'PROCESS_FAIL', message: '' }),
    'the call was not answered': (stores, now) => hintAtRefund(stores, { now: () => now }, 'rf_1', undefined),
  } as const satisfies Record<string, Step>;
  type Event = keyof typeof events;
  const startRefund: Step = (stores, now) =>
    watchRefund(stores, 'rf_1', {
      ...{ orderId: 'O-1', paymentRequestId: 'ps_1', paymentId: 'pay-1', amount, announcedBy },
      startedAt: now.toISOString(),
    });
  const inAnyOrder = fc.shuffledSubarray([...(Object.keys(events) as Event[]), ...(Object.keys(events) as Event[])]);

  it('ends once: in a success where money went back, in a failure where Antom says so, else before a person', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, fc.nat(), async (names, at) => {
        const succeeded = names.some((name) => name.startsWith('it succeeds'));
        const refused = names.includes('it fails') || names.includes('the call was refused');
        const answer: RefundAnswer = succeeded ? { kind: 'succeeded', update: refunded() } : { kind: 'not-found' };
        const steps: Step[] = names.map((name) => events[name]);
        // payment-session's hints follow its announcement; only Antom can be earlier.
        const first = names.findIndex((name) => name.startsWith('the call'));
        steps.splice(at % ((first === -1 ? names.length : first) + 1), 0, startRefund);
        const antom = { inquireRefund: () => Promise.resolve(answer) };
        const work = await live(steps, ({ refunds }) => refunds, inquireRefund, antom);
        const end = succeeded
          ? 'RefundSucceeded rf_1'
          : refused
            ? 'RefundFailed rf_1'
            : 'PaymentNeedsAttention refund-no-answer/ps_1/pay-1/rf_1';
        expect(identities(work)).toEqual([end]);
      }),
      { numRuns: 100 },
    );
  });
});
