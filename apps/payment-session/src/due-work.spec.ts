import { logContext } from '@kasir/platform';
import { eventually } from '@kasir/testing';
import { askForSession } from './application/ask-for-session.js';
import { type Stores } from './application/ports.js';
import { type PaymentProvider } from './application/provider.js';
import { recordPayment } from './application/record-payment.js';
import { requestCancel } from './application/request-cancel.js';
import { requestRefund } from './application/request-refund.js';
import { requestSession } from './application/request-session.js';
import { dueWork } from './due-work.js';
import { type Instances, scripted, startInstances } from './fixtures/instances.specs.js';

const amount = { value: '160', currency: 'THB' };
const created = { kind: 'created', sessionData: 'secret' } as const;
const tools = (script: Partial<PaymentProvider> = {}) =>
  scripted({ createSession: () => Promise.resolve(created), ...script });

describe('due work', () => {
  let instance: Instances;
  beforeAll(async () => (instance = await startInstances(1)));
  afterAll(() => instance.stop());
  beforeEach(() => void instance.reported.splice(0));

  let events = 0;
  const run = <T>(work: (stores: Stores) => Promise<T>): Promise<T> =>
    instance.works[0]!.run({ id: `00000000-0000-4000-8000-${String(++events).padStart(12, '0')}` }, work);
  const inAnHour = () => new Date(Date.now() + 3_600_000);
  const request = (orderId: string, paymentSessionId: string) =>
    run((stores) =>
      requestSession(stores, tools(), {
        ...{ orderId, paymentSessionId, amount, bankChoice: { region: 'TH' } },
        order: { amount, description: 'coffee', expiresAt: inAnHour().toISOString() },
        terminal: { type: 'WEB' },
        clientIp: '203.0.113.7',
        redirectUrl: 'https://shop.example/thank-you',
        notAfter: inAnHour().toISOString(),
      }),
    );
  const open = async (orderId: string, paymentSessionId: string) => {
    await request(orderId, paymentSessionId);
    const now = new Date();
    const [lease] = await run((stores) => stores.attempts.claimDue(now, inAnHour(), 1));
    await askForSession(instance.works[0]!, tools(), lease!);
  };
  const pay = (orderId: string, paymentSessionId: string) => {
    const names = {
      orderId,
      paymentSessionId,

      paymentId: `pay-${paymentSessionId}`,
    };
    const data = { ...names, amount, paidAt: new Date().toISOString() };
    return run((stores) => recordPayment(stores, tools(), { type: 'PaymentSucceeded', data } as never));
  };
  const settle = () => instance.rows(`update attempts set next_try_at = null where status in ('started', 'waiting')`);
  const kindsOf = async (work: () => Promise<unknown>) => {
    instance.reported.splice(0);
    await work();
    return instance.reported.filter((kind) => kind !== 'seals');
  };

  it('of a request for a session is a session to be created', async () => {
    expect(await kindsOf(() => request('D-request', 'ps_request'))).toEqual(['sessions']);
    await settle();
  });

  it('is not made by a success of an order with one attempt: it wakes no job', async () => {
    await open('D-success', 'ps_success');
    expect(await kindsOf(() => pay('D-success', 'ps_success'))).toEqual([]);
  });

  it('of a success with a sibling that the buyer has used is the cancel of the sibling', async () => {
    await open('D-sibling', 'ps_sibling_1');
    await instance.rows(
      `update attempts set status = 'superseded', used = true where payment_session_id = 'ps_sibling_1'`,
    );
    await open('D-sibling', 'ps_sibling_2');
    expect(await kindsOf(() => pay('D-sibling', 'ps_sibling_2'))).toEqual(['cancels']);
    await instance.rows('update attempts set cancel_due_at = null');
  });

  it('of a cancel request is a cancel', async () => {
    await open('D-cancel', 'ps_cancel');
    const names = { orderId: 'D-cancel', paymentSessionId: 'ps_cancel' };
    expect(await kindsOf(() => run((stores) => requestCancel(stores, tools(), names)))).toEqual(['cancels']);
    await instance.rows('update attempts set cancel_due_at = null');
  });

  it('of a refund is found and done although nothing woke its job, and what it logs names the order', async () => {
    await open('D-refund', 'ps_refund');
    await pay('D-refund', 'ps_refund');
    const names = { orderId: 'D-refund', paymentSessionId: 'ps_refund', refundRequestId: 'rf_one' };
    await run((stores) =>
      requestRefund(stores, tools(), { ...names, amount, reason: 'the cup was empty', cause: 'requested' }),
    );
    const refunded: string[] = [];
    const contexts: unknown[] = [];
    const schedule = dueWork({
      unitOfWork: instance.works[0]!,
      tools: tools({
        refund: (id) => (refunded.push(id), contexts.push(logContext.current()), Promise.resolve({ kind: 'accepted' })),
      }),
      nextDue: instance.nextDue,
      onError: (error) => {
        throw error;
      },
      pollMs: 10,
    });
    schedule.start();
    await eventually(() => expect(refunded).toEqual(['rf_one']));
    await schedule.stop();
    expect(contexts).toEqual([{ orderId: 'D-refund' }]);
  });

  it('of a cancel waits for the relay: while that is stopped no call reaches Antom', async () => {
    await open('D-relay', 'ps_relay');
    const names = { orderId: 'D-relay', paymentSessionId: 'ps_relay' };
    await run((stores) => requestCancel(stores, tools(), names));
    await instance.rows('update attempts set cancel_due_at = to_timestamp(0) where cancel_due_at is not null');
    const calls: string[] = [];
    const schedule = dueWork({
      unitOfWork: instance.works[0]!,
      tools: tools({
        createSession: ({ body }) => (calls.push(body), Promise.resolve(created)),
        inquire: () => (calls.push('inquire'), Promise.resolve({ kind: 'not-found', code: '', message: '' })),
        cancel: () => (calls.push('cancel'), Promise.resolve({ kind: 'cancelled' })),
      }),
      nextDue: instance.nextDue,
      onError: (error) => {
        throw error;
      },
      pollMs: 10,
    });
    schedule.start();
    await request('D-after', 'ps_after');
    await eventually(() => expect(calls).toEqual(['ps_after']));
    await instance.acknowledgeCancels();
    await eventually(() => expect(calls).toEqual(['ps_after', 'inquire', 'cancel']));
    await schedule.stop();
  });
});
