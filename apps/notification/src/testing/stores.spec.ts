import { createMessaging } from '@kasir/messaging';
import { committedData, typeormDatabase } from '@kasir/messaging-nest';
import { createLogger } from '@kasir/platform';
import { dataSourceOf } from '@kasir/service';
import { migratedDatabase } from '@kasir/testing';
import { migrations } from '../app.module.js';
import { hintAt } from '../application/hurry-inquiry.js';
import { type DueKind, type NextDue, type ReportDue, type UnitOfWork } from '../application/ports.js';
import { type ReceivedWebhook } from '../application/webhook-ports.js';
import { firstPlan, goneOn, type InquiryPlan, planned } from '../domain/inquiry-plan.js';
import { type PaymentUpdate } from '../domain/payment-update.js';
import { withPending } from '../domain/pending-inquiry.js';
import { withUnmatched } from '../domain/unmatched.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { nextDue, unitOfWork } from '../outbound/stores.js';
import { MemoryUnitOfWork } from './memory-unit-of-work.js';

const start = new Date('2026-03-01T10:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const due = { ...firstPlan(start), dueAt: start };
const amount = { value: '160', currency: 'THB' };
const watch = {
  ...{ orderId: 'O-1', amount, sessionExpiresAt: at(30).toISOString(), endsAt: at(60).toISOString() },
  order: { amount, description: 'Cappuccino, "large"', expiresAt: at(3_600).toISOString() },
  announcedBy: { id: 'event-1' },
};
const webhook: ReceivedWebhook = { method: 'POST', path: '/', headers: {}, body: Buffer.from('{}'), receivedAt: start };

interface Opened {
  readonly work: UnitOfWork;
  readonly nextDue: NextDue;
  readonly close: () => Promise<void>;
}

const inPostgres = async (reportDue: ReportDue = () => undefined): Promise<Opened> => {
  const url = await migratedDatabase((address) => dataSourceOf(address, migrations, 'test'));
  const dataSource = dataSourceOf(url, migrations, 'test');
  await dataSource.initialize();
  const messaging = createMessaging({
    service: 'notification',
    database: typeormDatabase(dataSource),
    brokers: { brokers: ['127.0.0.1:9'] },
    log: createLogger('test', { level: 'silent' }),
    onFatal: () => undefined,
  });
  const close = async () => (await messaging.stop(), dataSource.destroy());
  const work = unitOfWork(messaging, { now: () => start }, reportDue);
  return { work, nextDue: nextDue(committedData(dataSource)), close };
};
const inMemory = (): Promise<Opened> => {
  const work = new MemoryUnitOfWork();
  return Promise.resolve({ work, nextDue: work.nextDue, close: () => Promise.resolve() });
};

describe.each([
  ['in memory', () => inMemory()],
  ['in PostgreSQL', () => inPostgres()],
])('the stores %s', (_, open) => {
  let work: UnitOfWork;
  let close: () => Promise<void>;
  let next: NextDue;
  let id: string;
  let count = 0;
  beforeAll(async () => ({ work, close, nextDue: next } = await open()));
  afterAll(() => close());
  beforeEach(() => void (id = `ps_${count++}`));
  afterEach(() => change((payment) => ({ ...payment, plan: null, waiting: [] })));

  const payment = () => work.run(({ payments }) => payments.lock(id));
  const change = (how: (payment: WatchedPayment) => WatchedPayment, of = id) =>
    work.run(async ({ payments }) => payments.save(how(await payments.lock(of))));
  const plan = (to: InquiryPlan = due) => change((known) => planned(known, to));
  const claim = (seconds = 0) => work.run(({ payments }) => payments.claimDue(at(seconds), at(seconds + 15), 10));

  it('make a row for what is named first, and give it back as it was saved', async () => {
    expect(await payment()).toMatchObject({ status: 'expected', watch: null, plan: null });
    const known: WatchedPayment = {
      ...{ paymentRequestId: id, status: 'watched', watch, plan: due, lease: { version: 3, until: at(9) } },
      ...{ cancelStartedAt: at(1), isWatchedClosely: true, hintedAt: at(2), waiting: [] },
      pendingInquiries: [
        { paymentId: 'pay-1', kind: 'old-webhook', since: start.toISOString(), paidAt: start.toISOString() },
      ],
    };
    await change(() => known);
    expect(await payment()).toEqual(known);
  });

  it('make no row for one that is only looked for, and find one by the payment that Antom used for it', async () => {
    expect(await work.run(({ payments }) => payments.find({ paymentRequestId: 'ps_unknown' }))).toBeNull();
    await payment();
    await work.run(({ outcomes }) =>
      outcomes.claim({ paymentRequestId: id, paymentId: `pay-${id}`, outcome: 'failed' }),
    );
    const found = await work.run(({ payments }) => payments.find({ paymentId: `pay-${id}` }));
    expect(found?.paymentRequestId).toBe(id);
  });

  it('let an outcome be claimed once', async () => {
    await payment();
    const paid = { outcome: 'succeeded', paidAt: start.toISOString(), received: amount } as const;
    const outcome = { paymentRequestId: id, paymentId: 'pay-1', ...paid };
    const claims = [1, 2].map(() => work.run(({ outcomes }) => outcomes.claim(outcome)));
    expect((await Promise.all(claims)).sort()).toEqual([false, true]);
    expect(await work.run(({ outcomes }) => outcomes.of(id))).toEqual([outcome]);
  });

  it('answer several who ask at once as they answer each alone', async () => {
    const ids = [id, `${id}-b`, `${id}-c`];
    const failed = (paymentRequestId: string) => ({ paymentRequestId, paymentId: 'pay-1', outcome: 'failed' }) as const;
    await work.run(async ({ payments, outcomes }) => (await payments.lock(id), outcomes.claim(failed(id))));
    await work.run(async ({ payments, outcomes }) => {
      const locked = await Promise.all(ids.map((each) => payments.lock(each)));
      expect(locked.map(({ paymentRequestId }) => paymentRequestId)).toEqual(ids);
      expect(await Promise.all(ids.map((each) => outcomes.claim(failed(each))))).toEqual([false, true, true]);
      await Promise.all(locked.map((each) => payments.save({ ...each, status: 'watched', watch })));
    });
    for (const each of ids)
      expect(await work.run(({ payments }) => payments.find({ paymentRequestId: each }))).toMatchObject({ watch });
  });

  it('leave no trace of what failed', async () => {
    const failing = work.run(async ({ payments }) => {
      await payments.save(planned(await payments.lock(id), due));
      throw new Error('the database went away');
    });
    await expect(failing).rejects.toThrow('the database went away');
    expect((await payment()).plan).toBeNull();
  });

  it('give what is due to one only, until its lease ends', async () => {
    await plan();
    const [first] = await claim(0);
    expect(first).toMatchObject({ paymentRequestId: id, plan: due, lease: { until: at(15) } });
    expect(await claim(14)).toEqual([]);
    const [second] = await claim(15);
    expect(second?.lease.version).toBe(first!.lease.version + 1);
    await change((known) => goneOn(known, { ...due, asked: 1 }));
    expect(await claim(16)).toMatchObject([{ paymentRequestId: id, plan: { asked: 1 } }]);
  });

  it('tell when the next inquiry is due, of those that are not under way', async () => {
    expect(await next(start)).toEqual({ payments: null, refunds: null });
    await plan();
    expect(await next(start)).toEqual({ payments: start, refunds: null });
    await claim(0);
    expect(await next(at(14))).toEqual({ payments: null, refunds: null });
    expect(await next(at(15))).toEqual({ payments: start, refunds: null });
  });

  it('leave an inquiry under way alone when the next one is planned meanwhile', async () => {
    await plan();
    const [asked] = await claim();
    await plan({ ...due, hurries: 1 });
    expect(await claim()).toEqual([]);
    expect(await payment()).toMatchObject({ plan: { hurries: 1 }, lease: { version: asked!.lease.version } });
  });

  it('never give a lease out twice, even where the inquiries were ended and planned anew', async () => {
    await plan();
    const [first] = await claim();
    await change((known) => ({ ...known, plan: null }));
    await plan();
    expect((await payment()).lease.version).toBeGreaterThan(first!.lease.version);
    expect(await claim()).toHaveLength(1);
  });

  it('hand out what has to be asked about by itself together with what is due', async () => {
    await plan();
    await change((known) => withPending(known, { kind: 'old-webhook', paymentId: 'pay-2' }, start));
    expect(await claim()).toMatchObject([{ pendingInquiries: [{ paymentId: 'pay-2', kind: 'old-webhook' }] }]);
  });

  it('heed a hint where something is still to be asked, once a minute, and know nothing by it alone', async () => {
    await plan(firstPlan(start));
    for (const seconds of [1, 2]) await work.run((stores) => hintAt(stores, id, at(seconds)));
    expect((await payment()).plan).toMatchObject({ dueAt: at(1), hurries: 1 });
    await work.run((stores) => hintAt(stores, id, at(61)));
    expect((await payment()).plan).toMatchObject({ hurries: 2 });
    await work.run((stores) => hintAt(stores, 'ps_unknown', start));
    expect(await work.run(({ payments }) => payments.find({ paymentRequestId: 'ps_unknown' }))).toBeNull();
  });

  it('find the sessions of an order that are still asked about', async () => {
    const orderId = `O-${id}`;
    const of = (how: WatchedPayment): WatchedPayment => ({ ...how, status: 'watched', watch: { ...watch, orderId } });
    await change((known) => planned(of(known), due));
    await change(of, `${id}-ended`);
    for (const found of ['ofOrder', 'freeOfOrder'] as const) {
      const [first, ...others] = await work.run(({ payments }) => payments[found](orderId));
      expect([first?.paymentRequestId, others]).toEqual([id, []]);
    }
  });

  it('keep unmatched updates in the order they came', async () => {
    const pending = (paymentId: string): PaymentUpdate => ({
      ...{ kind: 'pending', paymentRequestId: id, paymentId, amount },
    });
    for (const paymentId of ['b', 'a'])
      await change((known) => ({ ...known, waiting: withUnmatched(known.waiting, pending(paymentId), start) }));
    expect(await work.run(({ unmatched }) => unmatched.overdue(start))).toEqual({ count: 2, oldest: start });
    expect(await work.run(({ unmatched }) => unmatched.list(1))).toEqual([
      { about: 'payment', id, kind: 'pending', since: start },
    ]);
    expect((await payment()).waiting.map(({ update }) => update)).toEqual([pending('b'), pending('a')]);
  });

  it('know a refund from its first report on', async () => {
    const started = {
      ...{ orderId: 'O-1', paymentRequestId: id, paymentId: 'pay-1', amount, startedAt: start.toISOString() },
      announcedBy: { id: 'event-1' },
    };
    const lock = () => work.run(({ refunds }) => refunds.lock(`rf_${id}`));
    const refund = { ...(await lock()), status: 'watched' as const, watch: started, attention: [] };
    await work.run(({ refunds }) => refunds.save(refund));
    expect(await lock()).toEqual(refund);
    expect(await work.run(({ refunds }) => refunds.ofPayment(id))).toEqual([refund]);
  });

  it('give the quarantine back one by one, without those whose bodies were not kept', async () => {
    await work.run(async ({ quarantine }) => {
      await quarantine.keep(webhook, 'forged', { withBody: true, most: 1 });
      await quarantine.keep(webhook, 'forged', { withBody: false, most: 1 });
      await quarantine.keep({ ...webhook, receivedAt: at(5) }, 'forged', { withBody: false, most: 1 });
    });
    expect(await work.run(({ quarantine }) => quarantine.list(9))).toMatchObject([{ bytes: null }, { bytes: 2 }]);
    expect(await work.run(({ quarantine }) => quarantine.size())).toEqual({ rows: 1, bytes: 2, isFull: true });
    const first = await work.run(({ quarantine }) => quarantine.next('0'));
    expect(first?.webhook).toEqual(webhook);
    expect(await work.run(({ quarantine }) => quarantine.next(first!.position))).toBeUndefined();
    await work.run(({ quarantine }) => quarantine.forget(at(1)));
    expect(await work.run(({ quarantine }) => quarantine.size())).toMatchObject({ rows: 0, bytes: 0 });
    expect(await work.run(({ quarantine }) => quarantine.list(9))).toHaveLength(1);
  });
});

describe('the stores in PostgreSQL', () => {
  const reported: [DueKind, Date][] = [];
  let opened: Opened;
  beforeAll(async () => (opened = await inPostgres((...report) => void reported.push(report))));
  afterAll(() => opened.close());
  beforeEach(() => void reported.splice(0));

  it('report when an inquiry is due that was planned, once it is committed', async () => {
    await opened.work.run(async ({ payments }) => payments.save(planned(await payments.lock('ps_1'), due)));
    await opened.work.run(async ({ refunds }) =>
      refunds.save(planned(await refunds.lock('rf_1'), { ...due, dueAt: at(3) })),
    );
    expect(reported).toEqual([
      ['payments', start],
      ['refunds', at(3)],
    ]);
  });

  it('report nothing of a transaction that failed, or that only ends inquiries', async () => {
    const failing = opened.work.run(async ({ payments }) => {
      await payments.save(planned(await payments.lock('ps_2'), due));
      throw new Error('the database went away');
    });
    await expect(failing).rejects.toThrow('the database went away');
    await opened.work.run(async ({ payments }) => payments.save({ ...(await payments.lock('ps_1')), plan: null }));
    expect(reported).toEqual([]);
  });

  it('find the sessions of an order without waiting for those that another transaction holds', async () => {
    for (const id of ['ps_3', 'ps_4'])
      await opened.work.run(async ({ payments }) =>
        payments.save(planned({ ...(await payments.lock(id)), status: 'watched', watch }, due)),
      );
    await opened.work.run(async ({ payments }) => {
      await payments.lock('ps_3');
      const free = await opened.work.run((others) => others.payments.freeOfOrder('O-1'));
      expect(free.map(({ paymentRequestId }) => paymentRequestId)).toEqual(['ps_4']);
    });
  });
});
