import { type PaymentUpdate } from '../domain/payment-update.js';
import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { handleWebhooks, type TrustedWebhook } from './handle-webhooks.js';
import { type Stores } from './ports.js';
import { watchAttempt } from './watch-attempt.js';

const now = new Date('2026-03-01T10:00:00Z');
const clock = { now: () => now };
const tools = { clock, prefix: 'ps_' };
const amount = { value: '160', currency: 'THB' };
const watch = {
  ...{ orderId: 'O-1', amount, sessionExpiresAt: now.toISOString(), endsAt: now.toISOString() },
  order: { amount, description: 'Cappuccino', expiresAt: now.toISOString() },
  announcedBy: { id: 'event-1' },
};

const webhookOf = (update: PaymentUpdate): TrustedWebhook => ({
  webhook: { method: 'POST', path: '/', headers: {}, body: Buffer.from(''), receivedAt: now },
  verified: { kind: 'payment', update },
});
const paid = (id: string, paymentId: string) =>
  webhookOf({ kind: 'succeeded', paymentRequestId: id, paymentId, amount, paidAt: now.toISOString() });
const failed = (id: string, paymentId: string) =>
  webhookOf({ kind: 'failed', paymentRequestId: id, paymentId, amount, code: 'RISK_REJECT', message: '' });

describe('webhooks that share a commit', () => {
  let work: MemoryUnitOfWork;
  beforeEach(async () => {
    work = new MemoryUnitOfWork();
    for (const id of ['ps_1', 'ps_2'])
      await work.run((stores) => watchAttempt(stores, clock, { paymentRequestId: id, watch }));
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
    await work.run((stores) => handleWebhooks(stores, tools, group));
    expect(work.published.map(({ event }) => `${event.type} ${event.data.paymentSessionId}`).sort()).toEqual([
      'PaymentFailed ps_1',
      'PaymentSucceeded ps_1',
      'PaymentSucceeded ps_2',
    ]);
    const { waiting } = await work.run(({ payments }) => payments.lock('ps_3'));
    expect(waiting).toMatchObject([{ update: { paymentId: 'pay-3' } }]);
  });

  it('fail together, and only when none of them is at work any more', async () => {
    let isAtWork = true;
    const spoiled = (stores: Stores): Stores => ({
      ...stores,
      payments: {
        ...stores.payments,
        lock: (id) => (id === 'ps_1' ? Promise.reject(new Error('no connection')) : stores.payments.lock(id)),
      },
      publish: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        isAtWork = false;
      },
    });
    const group = [paid('ps_1', 'pay-1'), paid('ps_2', 'pay-2')];
    const ending = work.run((stores) => handleWebhooks(spoiled(stores), tools, group));
    await expect(ending).rejects.toThrow('no connection');
    expect(isAtWork).toBe(false);
    expect(work.published).toEqual([]);
  });
});
