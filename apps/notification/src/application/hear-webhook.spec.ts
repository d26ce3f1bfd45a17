import { type PaymentNews } from '../domain/payment-news.js';
import { MemoryUnitOfWork } from '../memory/memory-stores.js';
import { type HeardWebhook, hearWebhooks } from './hear-webhook.js';
import { type Stores } from './ports.js';
import { watchAttempt } from './watch-attempt.js';

const now = new Date('2026-03-01T10:00:00Z');
const clock = { now: () => now };
const tools = { clock, prefix: 'ps_' };
const amount = { value: '160', currency: 'THB' };
const watch = {
  ...{ orderId: 'O-1', paymentSessionId: 'ps_1', amount, endsAt: now },
  order: { amount, description: 'Cappuccino', expiresAt: now.toISOString() },
  announcedBy: { id: 'event-1' },
};

const heard = (news: PaymentNews): HeardWebhook => ({
  webhook: { method: 'POST', path: '/', headers: {}, body: Buffer.from(''), receivedAt: now },
  verified: { kind: 'payment', news },
});
const paid = (id: string, paymentId: string) =>
  heard({ kind: 'succeeded', paymentRequestId: id, paymentId, amount, paidAt: now.toISOString() });
const failed = (id: string, paymentId: string) =>
  heard({ kind: 'failed', paymentRequestId: id, paymentId, amount, code: 'RISK_REJECT', message: '' });

describe('webhooks that share a commit', () => {
  let work: MemoryUnitOfWork;
  beforeEach(async () => {
    work = new MemoryUnitOfWork();
    for (const id of ['ps_1', 'ps_2'])
      await work.run((stores) => watchAttempt(stores, clock, id, { ...watch, paymentSessionId: id }));
  });

  it('end as they would end one after the other', async () => {
    const group = [
      failed('ps_1', 'pay-1'),
      paid('ps_2', 'pay-2'),
      paid('ps_1', 'pay-1'),
      failed('ps_2', 'pay-2'),
      paid('ps_3', 'pay-3'),
      paid('ps_1', 'pay-1'),
      failed('ps_1', 'pay-1'),
    ];
    await work.run((stores) => hearWebhooks(stores, tools, group));
    expect(work.said.map(({ news }) => `${news.type} ${news.data.paymentSessionId}`).sort()).toEqual([
      'PaymentFailed ps_1',
      'PaymentSucceeded ps_1',
      'PaymentSucceeded ps_2',
    ]);
    expect(await work.run((stores) => stores.waiting.take('ps_3'))).toMatchObject([{ paymentId: 'pay-3' }]);
  });

  it('fail together, and only when none of them is at work any more', async () => {
    let isAtWork = true;
    const spoiled = (stores: Stores): Stores => ({
      ...stores,
      payments: {
        ...stores.payments,
        lock: (id) => (id === 'ps_1' ? Promise.reject(new Error('no connection')) : stores.payments.lock(id)),
      },
      say: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        isAtWork = false;
      },
    });
    const group = [paid('ps_1', 'pay-1'), paid('ps_2', 'pay-2')];
    const ending = work.run((stores) => hearWebhooks(spoiled(stores), tools, group));
    await expect(ending).rejects.toThrow('no connection');
    expect(isAtWork).toBe(false);
    expect(work.said).toEqual([]);
  });
});
