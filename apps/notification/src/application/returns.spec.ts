import { type RefundUpdate } from '../domain/refund-update.js';
import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { applyRefundUpdate } from './apply-refund-update.js';
import { applyUpdate } from './apply-update.js';
import { watchAttempt } from './watch-attempt.js';
import { watchRefund } from './watch-refund.js';

const now = new Date('2026-03-01T10:00:00Z');
const at = now.toISOString();
const baht = (value: string) => ({ value, currency: 'THB' });
const order = { amount: baht('160'), description: 'Cappuccino', expiresAt: at };
const watch = {
  orderId: 'O-1',
  order,
  amount: baht('160'),
  sessionExpiresAt: at,
  endsAt: at,
  announcedBy: { id: 'e-1' },
};
const success = {
  kind: 'succeeded',
  paymentRequestId: 'ps_1',
  paymentId: 'pay-1',
  amount: baht('160'),
  paidAt: at,
} as const;

const returned = (refundRequestId: string, value: string, changes: Partial<RefundUpdate> = {}): RefundUpdate => ({
  ...{ refundRequestId, refundId: `antom-${refundRequestId}`, kind: 'succeeded', amount: baht(value) },
  ...{ refundedAt: at, code: '', message: '', payment: { paymentId: 'pay-1' }, ...changes },
});

describe('money that goes back without a refund of ours', () => {
  let work: MemoryUnitOfWork;
  beforeEach(async () => {
    work = new MemoryUnitOfWork();
    await work.run((stores) => watchAttempt(stores, { now: () => now }, { paymentRequestId: 'ps_1', watch }));
    await work.run((stores) => applyUpdate(stores, success, now));
  });
  const apply = (update: RefundUpdate) => work.run((stores) => applyRefundUpdate(stores, update, now));
  const status = async () => (await work.run(({ payments }) => payments.lock('ps_1'))).status;
  const published = () => work.published.slice(1).map(({ event }) => `${event.type} ${event.identity}`);

  it('leaves the payment a success as long as a part of it is kept', async () => {
    await apply(returned('dashboard-1', '100'));
    expect([published(), await status()]).toEqual([['PaymentReturned antom-dashboard-1'], 'succeeded']);
    await apply(returned('dashboard-2', '60'));
    expect([published().length, await status()]).toEqual([2, 'returned']);
  });

  it('counts beside what our own refunds gave back', async () => {
    const refund = { orderId: 'O-1', paymentRequestId: 'ps_1', paymentId: 'pay-1', amount: baht('60') };
    await work.run((stores) => watchRefund(stores, 'rf_1', { ...refund, startedAt: at, announcedBy: { id: 'e-2' } }));
    await apply(returned('rf_1', '60'));
    await apply(returned('dashboard-1', '100'));
    expect(published()).toEqual(['RefundSucceeded rf_1', 'PaymentReturned antom-dashboard-1']);
    expect(await status()).toBe('returned');
  });

  it('is published once, whether a webhook or the history of the payment reports it first', async () => {
    await apply({ ...returned('dashboard-1', '100'), payment: { paymentRequestId: 'ps_1' } });
    await apply(returned('dashboard-1', '100'));
    expect(published()).toEqual(['PaymentReturned antom-dashboard-1']);
  });

  it('waits as long as its payment is not known', async () => {
    await apply(returned('dashboard-1', '100', { payment: { paymentId: 'pay-unknown' } }));
    expect(published()).toEqual([]);
    await apply(returned('dashboard-1', '100'));
    expect(published()).toEqual(['PaymentReturned antom-dashboard-1']);
    expect(await work.run(({ unmatched }) => unmatched.list(9))).toEqual([]);
  });

  it('in an amount that cannot be money is for a person, once', async () => {
    for (let n = 0; n < 2; n++) await apply(returned('dashboard-1', '1.5'));
    expect(published()).toEqual(['PaymentNeedsAttention refund-other-amount/ps_1/pay-1/dashboard-1']);
    expect(await status()).toBe('succeeded');
  });
});
