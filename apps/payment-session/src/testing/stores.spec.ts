import { type Draft, Memory } from '@kasir/testing/memory';
import { type Instances, startInstances } from '../fixtures/instances.specs.js';
import { type CausedBy, type OutgoingEvent, type UnitOfWork } from '../application/ports.js';
import { type Attempt } from '../domain/attempt.js';
import { newPayment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { paymentSessionStores } from './memory-stores.js';

interface Subject {
  readonly work: UnitOfWork;
  acknowledgeCancels(): Promise<unknown>;
  stop(): Promise<void>;
}

async function inPostgres(): Promise<Subject> {
  const instances: Instances = await startInstances(1);
  const { acknowledgeCancels, stop } = instances;
  return { work: instances.works[0]!, acknowledgeCancels, stop };
}

function inMemory(): Promise<Subject> {
  const memory = new Memory();
  let ids = 0;
  const storesIn = (draft: Draft, causedBy: CausedBy) =>
    paymentSessionStores(draft, causedBy, ({ type }: OutgoingEvent) => {
      const id = String(++ids);
      draft.table<{ id: string; type: string }>('outbox').set(id, { id, type });
      return Promise.resolve(id);
    });
  return Promise.resolve({
    work: {
      run: async (causedBy, use) => {
        const draft = memory.begin();
        const result = await use(storesIn(draft, causedBy));
        memory.commit(draft);
        return result;
      },
    },
    acknowledgeCancels() {
      const draft = memory.begin();
      for (const { id } of memory.rows<{ id: string }>('outbox')) draft.table('outbox').delete(id);
      return Promise.resolve(memory.commit(draft));
    },
    stop: () => Promise.resolve(),
  });
}

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const amount = { value: '160', currency: 'THB' };

const attempt = (orderId: string, paymentSessionId: string, change: Partial<Attempt> = {}): Attempt => ({
  ...{ orderId, paymentSessionId, amount, bankChoice: { region: 'TH' }, status: 'created', used: false },
  order: { amount, description: 'coffee', expiresAt: at(3_600_000).toISOString() },
  request: { path: '/create', body: paymentSessionId },
  ...{ notAfter: at(60_000), sessionExpiresAt: at(600_000), endsAt: at(3_600_000), ...change },
});

describe.each([
  ['PostgreSQL', inPostgres],
  ['memory', inMemory],
])('the stores in %s', (_, start) => {
  let subject: Subject;
  let run: UnitOfWork['run'];
  beforeAll(async () => {
    subject = await start();
    run = (cause, use) => subject.work.run(cause, use);
  });
  afterAll(() => subject.stop());

  const cause = { id: '00000000-0000-4000-8000-000000000001', traceparent: 'trace' };
  const add = (one: Attempt) =>
    run(cause, async ({ orders, attempts }) => {
      await orders.lock(one.orderId);
      await attempts.add(one, at(0));
    });
  const find = (orderId: string, id: string) =>
    run(undefined, async ({ attempts }) =>
      (await attempts.ofOrder(orderId)).find(({ paymentSessionId }) => paymentSessionId === id),
    );

  it('make the row of an order that is locked, and keep what is saved', async () => {
    const lock = await run(undefined, ({ orders }) => orders.lock('S-lock'));
    expect(lock).toEqual({ orderId: 'S-lock', status: 'open', underReview: 0 });
    const changed = { ...lock, status: 'sealed', underReview: 2, sealsAt: at(1), drainedAt: at(2) } as const;
    await run(undefined, ({ orders }) => orders.save(changed));
    expect(await run(undefined, ({ orders }) => orders.lock('S-lock'))).toEqual(changed);
  });

  it('find an order due while it is open, and hand it out to one worker at a time', async () => {
    const lock = await run(undefined, ({ orders }) => orders.lock('S-due'));
    await run(undefined, ({ orders }) => orders.save({ ...lock, sealsAt: at(10) }));
    const claim = (now: Date) => run(undefined, ({ orders }) => orders.claimDue(now, at(100), 10));
    expect(await claim(at(9))).toEqual([]);
    const [lease] = await claim(at(10));
    expect(await claim(at(10))).toEqual([]);
    await run(undefined, async ({ orders }) => {
      const leased = await orders.leased(lease!);
      await orders.save({ ...leased!, status: 'paid' });
    });
    expect(await run(undefined, ({ orders }) => orders.leased(lease!))).toBeUndefined();
    expect(await claim(at(1000))).toEqual([]);
  });

  it('keep an attempt as it was saved', async () => {
    await add(attempt('S-keep', 'ps_keep'));
    const cancel = { cause: 'requested', answer: 'refused' } as const;
    const changed = attempt('S-keep', 'ps_keep', { used: true, status: 'succeeded', paymentId: '1', cancel });
    await run(undefined, ({ attempts }) => attempts.save(changed));
    expect(await find('S-keep', 'ps_keep')).toEqual(changed);
  });

  it('take one living attempt of an order, beside one whose cancel Antom answered', async () => {
    await add(attempt('S-living', 'ps_living_1'));
    await expect(add(attempt('S-living', 'ps_living_2', { status: 'started' }))).rejects.toThrow('one_living_attempt');
    const cancel = { cause: 'requested', answer: 'cancelled' } as const;
    await run(undefined, ({ attempts }) => attempts.save(attempt('S-living', 'ps_living_1', { cancel })));
    await add(attempt('S-living', 'ps_living_2', { status: 'started' }));
    await add(attempt('S-living', 'ps_living_3', { status: 'waiting' }));
    await expect(add(attempt('S-living', 'ps_living_4', { status: 'waiting' }))).rejects.toThrow('one_waiting_attempt');
    await run(undefined, async ({ attempts }) => {
      for (const id of ['ps_living_2', 'ps_living_3'])
        await attempts.save(attempt('S-living', id, { status: 'rejected' }));
    });
  });

  it('hold a cancel back until its CancelStarted is acknowledged, and forget it with its answer', async () => {
    await add(attempt('S-cancel', 'ps_cancel'));
    const begin = (orderId: string, id: string) =>
      run(cause, async (stores) => {
        const one = attempt(orderId, id);
        const data = { orderId, paymentSessionId: id, cause: 'requested' } as const;
        const startedId = await stores.say({ type: 'CancelStarted', identity: id, data });
        await stores.cancels.begin({ ...one, cancel: { cause: 'requested', startedId } }, at(0));
      });
    const claim = () => run(undefined, ({ cancels }) => cancels.claimDue(at(0), at(100), 10));
    await begin('S-cancel', 'ps_cancel');
    expect(await claim()).toEqual([]);
    await subject.acknowledgeCancels();
    const [lease] = await claim();
    expect(lease).toMatchObject({ tries: 1, causedBy: cause, thing: { paymentSessionId: 'ps_cancel' } });
    await run(undefined, ({ cancels }) => cancels.tryAgainAt(lease!, at(0), false));
    const [again] = await claim();
    expect(again).toMatchObject({ tries: 1 });
    expect(await run(undefined, ({ cancels }) => cancels.leased(lease!))).toBeUndefined();
    await run(undefined, async ({ attempts, cancels }) => {
      const leased = await cancels.leased(again!);
      await attempts.save({ ...leased!, cancel: { ...leased!.cancel!, answer: 'refused' } });
    });
    expect(await run(undefined, ({ cancels }) => cancels.leased(again!))).toBeUndefined();
    expect((await find('S-cancel', 'ps_cancel'))?.cancel).toMatchObject({ cause: 'requested', answer: 'refused' });
  });

  it('count the tries of a refund anew when Antom is asked, and ask no more once there is a hint', async () => {
    const refund: Refund = {
      ...{ refundRequestId: 'rf_1', orderId: 'S-refund', paymentSessionId: 'ps_refund', paymentId: '1', amount },
      ...{ cause: 'case', caseId: 'case-1', status: 'waiting', reason: 'the cup was empty' },
    };
    const claim = () => run(undefined, ({ refunds }) => refunds.claimDue(at(0), at(0), 10));
    await run(cause, async ({ orders, refunds }) => {
      await orders.lock('S-refund');
      await refunds.add(refund, at(0));
    });
    const [waiting] = await claim();
    const started: Refund = { ...refund, status: 'started', request: { path: '/refund', body: '{}' } };
    await run(undefined, ({ refunds }) => refunds.save(started, at(0)));
    expect(await run(undefined, ({ refunds }) => refunds.leased(waiting!))).toBeUndefined();
    expect(await claim()).toMatchObject([{ tries: 1, thing: started }]);
    await run(undefined, ({ refunds }) => refunds.save({ ...started, hint: 'refused' }));
    expect(await claim()).toEqual([]);
    expect(await run(undefined, ({ refunds }) => refunds.ofAttempt('ps_refund'))).toEqual([
      { ...started, hint: 'refused' },
    ]);
  });

  it('keep a payment of which only a part is known', async () => {
    const payment = newPayment({ orderId: 'S-pay', paymentSessionId: 'ps_pay', paymentId: '1' });
    await run(undefined, async ({ orders, payments }) => {
      await orders.lock('S-pay');
      await payments.save({ ...payment, standing: 'settled', givenBack: 5n });
    });
    const find = () => run(undefined, ({ payments }) => payments.find('ps_pay', '1'));
    expect(await find()).toEqual({ ...payment, standing: 'settled', givenBack: 5n });
    const known = {
      ...payment,
      standing: 'paid',
      received: { value: '16.0', currency: 'THB' },
      givenBack: 7n,
    } as const;
    await run(undefined, ({ payments }) => payments.save(known));
    expect(await run(undefined, ({ payments }) => payments.ofOrder('S-pay'))).toEqual([known]);
  });
});
