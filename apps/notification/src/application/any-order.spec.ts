import fc from 'fast-check';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type AttemptNews } from '../domain/payment-news.js';
import { type RefundAnswer, type RefundNews } from '../domain/watched-refund.js';
import { MemoryUnitOfWork } from '../memory/memory-stores.js';
import { applyNews } from './apply-news.js';
import { applyRefundNews } from './apply-refund-news.js';
import { askAboutRefund } from './ask-about-refund.js';
import { askAntom } from './ask-antom.js';
import { type Inquiries, type Stores } from './ports.js';
import { watchAttempt, watchRejected } from './watch-attempt.js';
import { hearRefundHint, watchRefund } from './watch-refund.js';

const start = new Date('2026-03-01T10:00:00Z').getTime();
const hour = 3_600_000;
const amount = { value: '160', currency: 'THB' };
const announcedBy = { id: 'event-1' };
const facts = { orderId: 'O-1', paymentSessionId: 'ps_1' };

type Step = (stores: Stores, now: Date) => Promise<void>;

/** Everything that can be heard of one attempt, which is paid twice. */
const about = (paymentId: string) => ({ paymentRequestId: 'ps_1', paymentId, amount });
const paid = (paymentId: string, changes: object = {}): AttemptNews => ({
  ...about(paymentId),
  kind: 'succeeded',
  paidAt: '2026-03-01T10:01:00.000Z',
  ...changes,
});
const heard = {
  'pay-1 succeeds': paid('pay-1'),
  'pay-2 succeeds': paid('pay-2'),
  'pay-1 succeeds, said long ago': paid('pay-1', { old: true }),
  'pay-3 brings another amount': paid('pay-3', { amount: { value: '161', currency: 'THB' } }),
  'pay-1 fails': { ...about('pay-1'), kind: 'failed', code: 'RISK_REJECT', message: '' },
  'pay-1 is pending': { ...about('pay-1'), kind: 'pending' },
  'it is cancelled': { kind: 'cancelled', paymentRequestId: 'ps_1' },
} as const satisfies Record<string, AttemptNews>;
type Heard = keyof typeof heard;

const endsAt = new Date(start + hour);
const order = { amount, description: 'Cappuccino', expiresAt: endsAt.toISOString() };
const announced =
  (by: typeof watchAttempt): Step =>
  (stores, now) =>
    by(stores, { now: () => now }, 'ps_1', { ...facts, order, amount, announcedBy, endsAt });
const created = announced(watchAttempt);
const rejected = announced(watchRejected);

/** Does everything in an order, and then asks Antom until nothing is left to be asked. */
async function live(steps: readonly Step[], of: (stores: Stores) => Inquiries, ask: typeof askAntom, antom: object) {
  const work = new MemoryUnitOfWork();
  let now = new Date(start);
  const clock = { now: () => now };
  for (const step of steps) await work.run((stores) => step(stores, now));
  for (let hours = 0; hours < 400; hours++) {
    now = new Date(start + hours * hour);
    const leases = await work.run((stores) => of(stores).claimDue(now, new Date(now.getTime() + 15_000), 10));
    for (const lease of leases) await ask(work, { antom: antom as never, clock }, lease);
  }
  return work;
}

const identities = (work: MemoryUnitOfWork) => work.said.map(({ news }) => `${news.type} ${news.identity}`);

describe('one attempt, whatever is heard of it and in whatever order', () => {
  const inAnyOrder = fc.shuffledSubarray([...(Object.keys(heard) as Heard[]), ...(Object.keys(heard) as Heard[])]);
  const answerOf = (names: readonly Heard[]): InquiryAnswer => {
    if (names.some((name) => name.startsWith('pay-1 succeeds')))
      return { kind: 'news', news: paid('pay-1') as never, refunds: [] };
    return names.includes('it is cancelled') ? { kind: 'cancelled', refunds: [] } : { kind: 'not-found' };
  };

  const lived = async (names: readonly Heard[], at: number, announce = created) => {
    const steps: Step[] = names.map((name) => (stores, now) => applyNews(stores, heard[name], now));
    steps.splice(at % (steps.length + 1), 0, announce);
    const antom = {
      inquire: (_: string, paymentId?: string) =>
        Promise.resolve(paymentId === 'pay-2' ? { kind: 'news', news: paid('pay-2'), refunds: [] } : answerOf(names)),
    };
    const work = await live(steps, ({ inquiries }) => inquiries, askAntom, antom);
    return { said: identities(work), status: (await work.run(({ payments }) => payments.lock('ps_1'))).status };
  };

  it('says nothing twice, and leaves no question open', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, fc.nat(), fc.constantFrom(created, rejected), async (names, at, announce) => {
        const { said } = await lived(names, at, announce);
        expect(said).toEqual([...new Set(said)]);
      }),
      { numRuns: 60 },
    );
  });

  it('ends in the same totals: the same money told of, and one end', async () => {
    const uncancelled = inAnyOrder.filter((names) => !names.includes('it is cancelled'));
    const money = (said: readonly string[]) =>
      said.filter((name) => /^Payment(Succeeded|Mismatched|ReceivedAfterCancel)/.test(name)).sort();
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
          expect([money(other.said), other.status]).toEqual([money(one.said), one.status]);
          if (names.some((name) => name.includes('succeeds'))) expect(one.status).toBe('succeeded');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that is cancelled before it is paid never succeeds, and none of its money is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async (names) => {
        const { said, status } = await lived(['it is cancelled', ...names], 0);
        const paidIds = new Set(names.filter((name) => name.includes('succeeds')).map((name) => name.slice(0, 5)));
        expect(status).toBe('cancelled');
        expect(said.filter((name) => name.startsWith('PaymentSucceeded'))).toEqual([]);
        expect(said.filter((name) => name.startsWith('PaymentReceivedAfterCancel'))).toHaveLength(paidIds.size);
      }),
      { numRuns: 60 },
    );
  });

  it('that is paid before it is cancelled stays paid, and a person is told', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async (names) => {
        const { said, status } = await lived(['pay-1 succeeds', ...names, 'it is cancelled'], 0);
        expect(status).toBe('succeeded');
        expect(said).toContain('PaymentReceivedAfterCancel ps_1/pay-1');
      }),
      { numRuns: 40 },
    );
  });
});

describe('one refund, whatever is heard of it and in whatever order', () => {
  const refunded = (changes: object = {}): RefundNews => ({
    ...{ refundRequestId: 'rf_1', kind: 'succeeded', amount, code: '', message: '' },
    refundedAt: '2026-03-01T10:05:00.000Z',
    ...changes,
  });
  const events = {
    'it succeeds': (stores, now) => applyRefundNews(stores, refunded(), now),
    'it succeeds, said long ago': (stores, now) => applyRefundNews(stores, refunded({ old: true }), now),
    'it fails': (stores, now) => applyRefundNews(stores, refunded({ kind: 'failed', code: 'PROCESS_FAIL' }), now),
    'it is processed': (stores, now) => applyRefundNews(stores, refunded({ kind: 'processing' }), now),
    'the call was refused': (stores, now) =>
      hearRefundHint(stores, { now: () => now }, 'rf_1', { code: 'PROCESS_FAIL', message: '' }),
    'the call was not answered': (stores, now) => hearRefundHint(stores, { now: () => now }, 'rf_1', undefined),
  } as const satisfies Record<string, Step>;
  type Event = keyof typeof events;
  const startRefund: Step = (stores, now) =>
    watchRefund(stores, 'rf_1', {
      ...{ ...facts, paymentRequestId: 'ps_1', paymentId: 'pay-1', amount, announcedBy, origin: 'requested' },
      startedAt: now,
    });
  const inAnyOrder = fc.shuffledSubarray([...(Object.keys(events) as Event[]), ...(Object.keys(events) as Event[])]);

  it('ends once: in a success where money went back, in a failure where Antom says so, else before a person', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder, fc.nat(), async (names, at) => {
        const succeeded = names.some((name) => name.startsWith('it succeeds'));
        const refused = names.includes('it fails') || names.includes('the call was refused');
        const answer: RefundAnswer = succeeded ? { kind: 'succeeded', news: refunded() } : { kind: 'not-found' };
        const news: Step[] = names.map((name) => events[name]);
        // payment-session's hints follow its announcement; only Antom can be earlier.
        const first = names.findIndex((name) => name.startsWith('the call'));
        news.splice(at % ((first === -1 ? names.length : first) + 1), 0, startRefund);
        const antom = { inquireRefund: () => Promise.resolve(answer) };
        const work = await live(news, ({ refundInquiries }) => refundInquiries, askAboutRefund as never, antom);
        const end = succeeded
          ? 'RefundSucceeded rf_1'
          : refused
            ? 'RefundFailed rf_1'
            : 'RefundNeedsAttention no-answer/rf_1';
        expect(identities(work)).toEqual([end]);
      }),
      { numRuns: 100 },
    );
  });
});
