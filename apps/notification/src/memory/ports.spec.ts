import { createMessaging } from '@kasir/messaging';
import { committedData, typeormDatabase } from '@kasir/messaging-nest';
import { createLogger } from '@kasir/platform';
import { dataSourceOf } from '@kasir/service';
import { migratedDatabase } from '@kasir/testing';
import { migrations } from '../app.module.js';
import { type DueKind, type NextDue, type ReportDue, type UnitOfWork } from '../application/ports.js';
import { type ReceivedWebhook } from '../application/webhook-ports.js';
import { firstPlan } from '../domain/inquiry-plan.js';
import { type PaymentNews } from '../domain/payment-news.js';
import { nextDue } from '../outbound/inquiry.repository.js';
import { unitOfWork } from '../outbound/stores.js';
import { MemoryUnitOfWork } from './memory-stores.js';

const start = new Date('2026-03-01T10:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const due = { ...firstPlan(start), dueAt: start };
const amount = { value: '160', currency: 'THB' };
const watch = {
  ...{ orderId: 'O-1', paymentSessionId: 'ps_1', amount, endsAt: at(60) },
  order: { amount, description: 'Cappuccino, "large"', expiresAt: at(3_600).toISOString() },
  announcedBy: { id: 'event-1', traceparent: undefined },
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
  beforeEach(async () => {
    id = `ps_${count++}`;
    await work.run(({ payments }) => payments.lock(id));
  });

  it('make a row for whoever is spoken of first, and give it back as it was saved', async () => {
    expect(await work.run(({ payments }) => payments.lock(id))).toMatchObject({ status: 'expected', watch: null });
    const payment = { paymentRequestId: id, status: 'watched' as const, watch };
    await work.run(({ payments }) => payments.save(payment));
    expect(await work.run(({ payments }) => payments.lock(id))).toEqual(payment);
  });

  it('make no row for one that is only looked for, and find one by the payment that Antom used for it', async () => {
    expect(await work.run(({ payments }) => payments.find({ paymentRequestId: 'ps_nobody' }))).toBeNull();
    await work.run(({ outcomes }) =>
      outcomes.claim({ paymentRequestId: id, paymentId: `pay-${id}`, verdict: 'failed' }),
    );
    const found = await work.run(({ payments }) => payments.find({ paymentId: `pay-${id}` }));
    expect(found?.paymentRequestId).toBe(id);
  });

  it('let an outcome be claimed once', async () => {
    const outcome = {
      paymentRequestId: id,
      paymentId: 'pay-1',
      verdict: 'succeeded',
      paidAt: start.toISOString(),
    } as const;
    const claims = [1, 2].map(() => work.run(({ outcomes }) => outcomes.claim(outcome)));
    expect((await Promise.all(claims)).sort()).toEqual([false, true]);
    expect(await work.run(({ outcomes }) => outcomes.of(id))).toEqual([outcome]);
  });

  it('answer several who ask at once as they answer each alone', async () => {
    const ids = [id, `${id}-b`, `${id}-c`];
    const [first] = ids;
    const claim = (paymentRequestId: string) => ({ paymentRequestId, paymentId: 'pay-1', verdict: 'failed' }) as const;
    await work.run(({ outcomes }) => outcomes.claim(claim(id)));
    await work.run(async ({ payments, outcomes, inquiries }) => {
      const locked = await Promise.all(ids.map((each) => payments.lock(each)));
      expect(locked.map(({ paymentRequestId }) => paymentRequestId)).toEqual(ids);
      expect(await Promise.all(ids.map((each) => outcomes.claim(claim(each))))).toEqual([false, true, true]);
      await Promise.all(locked.map((payment) => payments.save({ ...payment, status: 'watched', watch })));
      for (const each of ids) await inquiries.plan(each, due);
      await Promise.all(ids.slice(1).map((each) => inquiries.end(each)));
    });
    for (const each of ids)
      expect(await work.run(({ payments }) => payments.find({ paymentRequestId: each }))).toMatchObject({ watch });
    const left = await work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 10));
    expect(left.map((lease) => lease.id)).toEqual([first]);
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('leave no trace of what failed', async () => {
    const failing = work.run(async ({ inquiries }) => {
      await inquiries.plan(id, due);
      throw new Error('the database went away');
    });
    await expect(failing).rejects.toThrow('the database went away');
    expect(await work.run(({ inquiries }) => inquiries.find(id))).toBeUndefined();
  });

  it('give what is due to one only, until its lease ends', async () => {
    await work.run(({ inquiries }) => inquiries.plan(id, due));
    const claim = (seconds: number) =>
      work.run(({ inquiries }) => inquiries.claimDue(at(seconds), at(seconds + 15), 10));
    const [first] = await claim(0);
    expect(first).toMatchObject({ id, plan: due, paymentIds: [] });
    expect(await claim(14)).toEqual([]);
    const [second] = await claim(15);
    expect(await work.run(({ inquiries }) => inquiries.held(first!))).toBeUndefined();
    expect(await work.run(({ inquiries }) => inquiries.held(second!))).toEqual(due);
    await work.run(({ inquiries }) => inquiries.goOn(first!, { ...due, asked: 7 }));
    expect(await work.run(({ inquiries }) => inquiries.find(id))).toMatchObject({ asked: 0 });
    await work.run(({ inquiries }) => inquiries.goOn(second!, { ...due, asked: 1 }));
    expect(await claim(16)).toMatchObject([{ id, plan: { asked: 1 } }]);
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('say when the next question is due, of those that are not under way', async () => {
    expect(await next(start)).toEqual({ payments: null, refunds: null });
    await work.run(({ inquiries }) => inquiries.plan(id, due));
    expect(await next(start)).toEqual({ payments: start, refunds: null });
    await work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1));
    expect(await next(at(14))).toEqual({ payments: null, refunds: null });
    expect(await next(at(15))).toEqual({ payments: start, refunds: null });
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('leave a question under way alone when the next one is planned meanwhile', async () => {
    await work.run(({ inquiries }) => inquiries.plan(id, due));
    const [lease] = await work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1));
    await work.run(({ inquiries }) => inquiries.plan(id, { ...due, hurries: 1 }));
    expect(await work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1))).toEqual([]);
    expect(await work.run(({ inquiries }) => inquiries.held(lease!))).toMatchObject({ hurries: 1 });
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('never give a lease out twice, even where the question was ended and planned anew', async () => {
    const claim = () => work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1));
    await work.run(({ inquiries }) => inquiries.plan(id, due));
    const [first] = await claim();
    await work.run(({ inquiries }) => inquiries.end(id));
    await work.run(({ inquiries }) => inquiries.plan(id, due));
    await claim();
    expect(await work.run(({ inquiries }) => inquiries.held(first!))).toBeUndefined();
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('keep asking as long as a question about one of its payments is open', async () => {
    const question = {
      paymentRequestId: id,
      paymentId: 'pay-2',
      kind: 'old-news',
      since: start,
      paidAt: start.toISOString(),
    } as const;
    await work.run(async ({ inquiries, questions }) => {
      await inquiries.plan(id, due);
      await questions.open(question);
      await questions.open({ ...question, since: at(9) });
      await inquiries.end(id);
    });
    expect(await work.run(({ questions }) => questions.of(id))).toEqual([question]);
    expect(await work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1))).toMatchObject([
      { paymentIds: ['pay-2'] },
    ]);
    await work.run(async ({ inquiries, questions }) => (await questions.close(question), inquiries.end(id)));
    expect(await work.run(({ inquiries }) => inquiries.find(id))).toBeUndefined();
  });

  it('heed a rumour where somebody still asks, not more often than that', async () => {
    await work.run(({ inquiries }) => inquiries.plan(id, firstPlan(start)));
    for (const seconds of [1, 2]) await work.run(({ rumours }) => rumours.heed(id, at(seconds), at(seconds - 60)));
    expect(await work.run(({ inquiries }) => inquiries.find(id))).toMatchObject({ dueAt: at(1), hurries: 1 });
    await work.run(({ rumours }) => rumours.heed('ps_nobody', start, start));
    expect(await work.run(({ inquiries }) => inquiries.find('ps_nobody'))).toBeUndefined();
    await work.run(({ inquiries }) => inquiries.end(id));
  });

  it('keep news in the order it came, and give it away once', async () => {
    const news = (paymentId: string): PaymentNews => ({ kind: 'pending', paymentRequestId: id, paymentId, amount });
    for (const paymentId of ['b', 'a']) await work.run(({ waiting }) => waiting.keep(news(paymentId), start));
    expect(await work.run(({ waitingRoom }) => waitingRoom.overdue(start))).toEqual({ count: 2, oldest: start });
    expect(await work.run(({ waiting }) => waiting.take(id))).toEqual([news('b'), news('a')]);
    expect(await work.run(({ waiting }) => waiting.take(id))).toEqual([]);
  });

  it('know a refund from its first word on, and let its outcome be claimed once', async () => {
    const facts = {
      ...watch,
      paymentRequestId: id,
      paymentId: 'pay-1',
      origin: 'requested' as const,
      startedAt: start,
    };
    const { endsAt: _, ...known } = { ...facts, announcedBy: { id: 'event-1' } };
    const refund = { refundRequestId: `rf_${id}`, status: 'watched' as const, watch: known, refusal: null };
    await work.run(async ({ refunds }) => (await refunds.lock(refund.refundRequestId), refunds.save(refund)));
    expect(await work.run(({ refunds }) => refunds.lock(refund.refundRequestId))).toEqual(refund);
    expect(await work.run(({ refunds }) => refunds.open(id))).toEqual([refund.refundRequestId]);
    const claim = () => work.run(({ refunds }) => refunds.claim(refund.refundRequestId, 'succeeded'));
    expect([await claim(), await claim()]).toEqual([true, false]);
  });

  it('give the quarantine back one by one, without those whose bodies were not kept', async () => {
    await work.run(async ({ quarantine }) => {
      await quarantine.keep(webhook, 'forged', { withBody: true, most: 1 });
      await quarantine.keep(webhook, 'forged', { withBody: false, most: 1 });
      await quarantine.keep({ ...webhook, receivedAt: at(5) }, 'forged', { withBody: false, most: 1 });
    });
    expect(await work.run(({ quarantine }) => quarantine.list(9))).toMatchObject([{ bytes: null }, { bytes: 2 }]);
    const next = await work.run(({ quarantine }) => quarantine.next('0'));
    expect(next?.webhook).toEqual(webhook);
    expect(await work.run(({ quarantine }) => quarantine.next(next!.position))).toBeUndefined();
    expect(await work.run(({ quarantine }) => quarantine.forget(at(1)))).toEqual({ rows: 1, bytes: 2 });
    expect(await work.run(({ quarantine }) => quarantine.list(9))).toHaveLength(1);
  });
});

describe('the stores in PostgreSQL', () => {
  const reported: [DueKind, Date][] = [];
  let opened: Opened;
  beforeAll(async () => (opened = await inPostgres((...report) => void reported.push(report))));
  afterAll(() => opened.close());
  beforeEach(() => void reported.splice(0));
  const plan = (id: string) =>
    opened.work.run(async ({ payments, inquiries }) => (await payments.lock(id), inquiries.plan(id, due)));

  it('report when an inquiry is due that was planned, planned anew or hurried by a rumour', async () => {
    await plan('ps_1');
    const [lease] = await opened.work.run(({ inquiries }) => inquiries.claimDue(start, at(15), 1));
    await opened.work.run(({ inquiries }) => inquiries.goOn(lease!, { ...due, dueAt: at(4) }));
    for (const seconds of [1, 2])
      await opened.work.run(({ rumours }) => rumours.heed('ps_1', at(seconds), at(seconds - 60)));
    await opened.work.run(async ({ refunds, refundInquiries }) => {
      await refunds.lock('rf_1');
      await refundInquiries.plan('rf_1', { ...due, dueAt: at(3) });
    });
    expect(reported).toEqual([
      ['payments', start],
      ['payments', at(4)],
      ['payments', at(1)],
      ['refunds', at(3)],
    ]);
  });

  it('report nothing of a transaction that failed, or that only ends inquiries', async () => {
    const failing = opened.work.run(async ({ payments, inquiries }) => {
      await payments.lock('ps_2');
      await inquiries.plan('ps_2', due);
      throw new Error('the database went away');
    });
    await expect(failing).rejects.toThrow('the database went away');
    await opened.work.run(({ inquiries }) => inquiries.end('ps_1'));
    expect(reported).toEqual([]);
  });
});
