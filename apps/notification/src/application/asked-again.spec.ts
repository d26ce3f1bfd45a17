import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type RefundUpdate } from '../domain/refund-update.js';
import { isWatched } from '../domain/watched-payment.js';
import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { applyReturn } from './apply-return.js';
import { applyUpdate } from './apply-update.js';
import { askByHand } from './hurry-inquiry.js';
import { inquirePayment } from './inquire-payment.js';
import { watchAttempt } from './watch-attempt.js';

const start = new Date('2026-03-01T10:00:00Z');
const at = start.toISOString();
const amount = { value: '160', currency: 'THB' };
const order = { amount, description: 'Cappuccino', expiresAt: at };
const watch = { orderId: 'O-1', order, amount, sessionExpiresAt: at, endsAt: at, announcedBy: { id: 'e-1' } };
const about = { paymentRequestId: 'ps_1', paymentId: 'pay-1', amount };
const success = { ...about, kind: 'succeeded', paidAt: at } as const;
const failure = { ...about, kind: 'failed', code: 'RISK_REJECT', message: '' } as const;

const answers = {
  succeeded: { kind: 'update', update: success, refunds: [] },
  failed: { kind: 'update', update: failure, refunds: [] },
  cancelled: { kind: 'cancelled', refunds: [] },
  unknown: { kind: 'unknown', reason: 'time-out' },
} as const satisfies Record<string, InquiryAnswer>;
type Word = keyof typeof answers;

const refund: RefundUpdate = {
  ...{
    refundRequestId: 'dashboard-1',
    refundId: 'r-1',
    kind: 'succeeded',
    amount,
    refundedAt: at,
    code: '',
    message: '',
  },
  payment: { paymentId: 'pay-1' },
};

describe('an answer that contradicts a published success', () => {
  let work: MemoryUnitOfWork;
  let now: Date;
  const clock = { now: () => now };
  beforeEach(async () => {
    [work, now] = [new MemoryUnitOfWork(), start];
    await work.run((stores) => watchAttempt(stores, clock, { paymentRequestId: 'ps_1', watch }));
    await work.run((stores) => applyUpdate(stores, success, now));
  });

  /** An operator inquires, and Antom answers each inquiry in turn, the last one for ever. */
  async function published(...given: readonly InquiryAnswer[]): Promise<string[]> {
    const left = [...given];
    await work.run((stores) => askByHand(stores, clock, 'ps_1'));
    for (let minutes = 0; minutes < 30; minutes++) {
      now = new Date(start.getTime() + minutes * 60_000);
      const until = new Date(now.getTime() + 15_000);
      const answer = left.length > 1 ? left.shift()! : left[0]!;
      const antom = { isAway: () => false, inquire: () => Promise.resolve(answer) };
      for (const asked of await work.run(({ payments }) => payments.claimDue(now, until, 9)))
        await inquirePayment(work, { antom, clock }, asked);
    }
    return work.published.slice(1).map(({ event }) => `${event.type} ${event.identity}`);
  }

  it.each<[Word[], string[]]>([
    [['failed', 'succeeded'], []],
    [['failed', 'unknown', 'failed'], ['PaymentNeedsAttention contradiction/ps_1/pay-1']],
    [['cancelled', 'cancelled'], ['PaymentReturned cancel-pay-1']],
    [['cancelled', 'succeeded'], ['PaymentNeedsAttention after-cancel/ps_1/pay-1']],
    [['failed', 'cancelled'], ['PaymentReturned cancel-pay-1']],
  ])('is asked again before it counts: %j', async (words, events) => {
    expect(await published(...words.map((word) => answers[word]))).toEqual(events);
  });

  it('returns nothing twice where the history of the payment names the return', async () => {
    const cancelled = { kind: 'cancelled', refunds: [refund] } as const;
    expect(await published(answers.cancelled, cancelled)).toEqual(['PaymentReturned r-1']);
  });

  it('is for a person where only a part went back by the history of the payment', async () => {
    const part = { ...refund, amount: { ...amount, value: '60' } };
    const events = await published(answers.cancelled, { kind: 'cancelled', refunds: [part] });
    expect(events).toEqual(['PaymentNeedsAttention after-cancel/ps_1/pay-1', 'PaymentReturned r-1']);
  });

  it('returns nothing twice where two ways lead to the same return', async () => {
    const returned = { paymentId: 'pay-1', returnId: 'cancel-pay-1', cause: 'cancel', amount } as const;
    for (let n = 0; n < 2; n++)
      await work.run(async (stores) => {
        const payment = await stores.payments.lock('ps_1');
        if (isWatched(payment)) await applyReturn(stores, payment, { ...returned, returnedAt: at, evidence: {} }, now);
      });
    expect(work.published).toHaveLength(2);
  });
});
