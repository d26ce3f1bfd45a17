import { type BankChoice } from '@kasir/contracts';
import { askForSession } from './application/ask-for-session.js';
import { askToCancel } from './application/ask-to-cancel.js';
import { askToRefund } from './application/ask-to-refund.js';
import { type Stores, type UnitOfWork } from './application/ports.js';
import { type RefundAnswer, type SessionAnswer } from './application/provider.js';
import { recordPayment } from './application/record-payment.js';
import { requestCancel } from './application/request-cancel.js';
import { type RefundAsked, requestRefund } from './application/request-refund.js';
import { requestSession } from './application/request-session.js';
import { sealExpired } from './application/seal-order.js';
import { sealingAt } from './domain/order-lock.js';
import { type Instances, scripted, startInstances } from './fixtures/instances.specs.js';

const amount = { value: '160', currency: 'THB' };
const hourMs = 3_600_000;
const notSent = { kind: 'unknown', reason: 'not sent', sent: false } as const;
const unanswered = { kind: 'unknown', reason: 'time-out' } as const;
const noPayment = { kind: 'not-found', code: 'ORDER_NOT_EXIST', message: '' } as const;
const tools = scripted();

describe('two instances over one database', () => {
  let instances: Instances;
  let one: UnitOfWork;
  let other: UnitOfWork;
  beforeAll(async () => {
    instances = await startInstances(2);
    [one, other] = instances.works as [UnitOfWork, UnitOfWork];
  });
  afterAll(() => instances.stop());

  let events = 0;
  const cause = () => ({ id: `00000000-0000-4000-8000-${String(++events).padStart(12, '0')}` });
  const now = () => new Date();
  const later = (ms: number) => new Date(Date.now() + ms);
  const requestOf = (orderId: string, paymentSessionId: string, bankChoice: BankChoice = { region: 'TH' }) => ({
    ...{ orderId, paymentSessionId, amount, bankChoice },
    order: { amount, description: 'coffee', expiresAt: later(hourMs).toISOString() },
    terminal: { type: 'WEB' as const },
    clientIp: '203.0.113.7',
    redirectUrl: 'https://shop.example/thank-you',
    notAfter: later(60_000).toISOString(),
  });
  const ask = (work: UnitOfWork, orderId: string, paymentSessionId: string, choice?: BankChoice) =>
    work.run(cause(), (stores) => requestSession(stores, tools, requestOf(orderId, paymentSessionId, choice)));
  const told = async (orderId: string) => (await instances.said(orderId)).map(({ type }) => type);
  const claim = async <Claimed>(work: UnitOfWork, store: (stores: Stores) => { claimDue: Claim<Claimed> }) => {
    const [lease] = await work.run(undefined, (stores) => store(stores).claimDue(later(hourMs), later(60_000), 1));
    if (lease === undefined) throw new Error('nothing is due');
    return lease;
  };
  type Claim<Claimed> = (now: Date, until: Date, limit: number) => Promise<Claimed[]>;
  const settle = (sql: string) => instances.rows(`update ${sql}`);

  /** An attempt whose buyer has the session. */
  const opened = async (orderId: string, paymentSessionId: string) => {
    await ask(one, orderId, paymentSessionId);
    await askForSession(one, answering({ kind: 'created', sessionData: 'secret' }), await claim(one, attempts));
  };
  const paid = async (orderId: string, paymentSessionId: string) => {
    await opened(orderId, paymentSessionId);
    await succeed(orderId, paymentSessionId, 'pay-1');
  };
  const succeed = (orderId: string, paymentSessionId: string, paymentId: string) => {
    const names = { orderId, paymentSessionId, paymentId };
    const data = { ...names, amount, paidAt: now().toISOString() };
    return one.run(cause(), (stores) => recordPayment(stores, tools, { type: 'PaymentSucceeded', data } as never));
  };
  const refund = (
    work: UnitOfWork,
    orderId: string,
    refundRequestId: string,
    value: string,
    change: Partial<RefundAsked> = {},
  ) =>
    work.run(cause(), (stores) =>
      requestRefund(stores, tools, {
        ...{ orderId, paymentSessionId: `ps_${orderId}`, refundRequestId, amount: { ...amount, value } },
        ...{ reason: 'the cup was empty', cause: 'requested', ...change },
      }),
    );
  const answering = (answer: SessionAnswer) => scripted({ createSession: () => Promise.resolve(answer) });
  const refunding = (answer: RefundAnswer) => scripted({ refund: () => Promise.resolve(answer) });
  const attempts = (stores: Stores) => stores.attempts;
  const cancels = (stores: Stores) => stores.cancels;
  const refunds = (stores: Stores) => stores.refunds;

  it('start one attempt of two that are asked for in the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const orderId = `I-${round}`;
      await Promise.all([ask(one, orderId, `ps_${round}a`), ask(other, orderId, `ps_${round}b`)]);
      expect(await told(orderId)).toEqual(['PaymentSessionRejected']);
      const started = await instances.rows(`select 1 from attempts where order_id = $1 and status = 'started'`, [
        orderId,
      ]);
      expect(started).toHaveLength(1);
    }
    await settle(`attempts set status = 'expired', next_try_at = null`);
  });

  it('have the last word in the database: it takes no second living attempt, and no second waiting one', async () => {
    const copy = (id: string, status: string) =>
      instances.rows(
        `insert into attempts select (jsonb_populate_record(attempts, jsonb_build_object('payment_session_id', $1::text, 'status', $2::text))).*
         from attempts where payment_session_id = 'ps_0a' or payment_session_id = 'ps_0b'`,
        [id, status],
      );
    await copy('ps_copy_1', 'created');
    await expect(copy('ps_copy_2', 'started')).rejects.toThrow('one_living_attempt');
    await copy('ps_copy_3', 'waiting');
    await expect(copy('ps_copy_4', 'waiting')).rejects.toThrow('one_waiting_attempt');
    await settle(`attempts set status = 'expired', next_try_at = null`);
  });

  it('never give back more than the payment, even when refunds are asked for in the same moment', async () => {
    await paid('I-refunds', 'ps_I-refunds');
    await Promise.all([
      refund(one, 'I-refunds', 'rf_a', '100'),
      refund(other, 'I-refunds', 'rf_b', '100'),
      refund(one, 'I-refunds', 'rf_c', '60'),
      refund(other, 'I-refunds', 'rf_d', '60'),
    ]);
    const started = (await instances.said('I-refunds')).filter(({ type }) => type === 'RefundStarted');
    const sum = started.reduce(
      (total, { data }) => total + Number((data as { amount: typeof amount }).amount.value),
      0,
    );
    expect(sum).toBeLessThanOrEqual(160);
    expect(started.length).toBeGreaterThan(0);
    await settle(`refunds set status = 'failed', next_try_at = null`);
  });

  it('never give back more than one of two payments of an attempt, nor less for the other, in the same moment', async () => {
    await paid('I-two', 'ps_I-two');
    await succeed('I-two', 'ps_I-two', 'pay-2');
    const asked = ['100', '100', '60', '60'].flatMap((value) => [
      { value, paymentId: 'pay-1' },
      { value, paymentId: 'pay-2' },
    ]);
    await Promise.all(
      asked.map(({ value, paymentId }, index) =>
        refund(index % 3 === 0 ? one : other, 'I-two', `rf_two_${index}`, value, {
          paymentId,
          cause: 'case',
          caseId: 'c',
        }),
      ),
    );
    const started = (await instances.said('I-two')).flatMap(({ type, data }) =>
      type === 'RefundStarted' ? [data as { paymentId: string; amount: typeof amount }] : [],
    );
    for (const id of ['pay-1', 'pay-2']) {
      const sums = started.filter(({ paymentId }) => paymentId === id).map((each) => Number(each.amount.value));
      const sum = sums.reduce((total, value) => total + value, 0);
      expect([120, 160]).toContain(sum);
    }
    await settle(`refunds set status = 'failed', next_try_at = null`);
  });

  it('announce an attempt until the end of the session that Antom gave', async () => {
    await ask(one, 'I-longer', 'ps_longer');
    const rows = await instances.rows<{ ends_at: Date }>(`select ends_at from attempts where order_id = 'I-longer'`);
    const sessionExpiresAt = later(3 * hourMs);
    await askForSession(
      one,
      answering({ kind: 'created', sessionData: 'secret', sessionExpiresAt }),
      await claim(one, attempts),
    );
    const [created] = await instances.said('I-longer');
    expect(created?.data).toMatchObject({ sessionExpiresAt: sessionExpiresAt.toISOString() });
    const { endsAt } = created?.data as { endsAt: string };
    expect(Date.parse(endsAt)).toBeGreaterThan(rows[0]!.ends_at.getTime() + 2 * hourMs);
  });

  it('seal no order that got more time after one of them had found it due', async () => {
    await ask(one, 'I-seal', 'ps_seal');
    const lease = await claim(one, ({ orders }) => orders);
    const more = { amount, description: 'coffee', expiresAt: later(3 * hourMs).toISOString() };
    await other.run(cause(), async (stores) => {
      const lock = await stores.orders.lock(lease.thing.orderId);
      await stores.orders.save(sealingAt(lock, new Date(more.expiresAt)));
    });
    await sealExpired(one, scripted({}, { now: () => later(2 * hourMs) }), lease);
    expect(await told(lease.thing.orderId)).not.toContain('OrderSealed');
  });

  it('keep only the answer of the one that holds the lease', async () => {
    await ask(one, 'I-lease', 'ps_lease');
    const slow = await claim(one, attempts);
    const fresh = await claim(other, attempts);
    await askForSession(one, answering({ kind: 'created', sessionData: 'of the slow one' }), slow);
    expect(await told('I-lease')).toEqual([]);
    await askForSession(other, answering({ kind: 'created', sessionData: 'of the other' }), fresh);
    expect((await instances.said('I-lease')).at(-1)?.data).toMatchObject({ encryptedSessionData: 'of the other' });
  });

  it('do not count a call for a session that was never sent: the first refusal still decides', async () => {
    await ask(one, 'I-unsent', 'ps_unsent');
    await askForSession(one, answering(notSent), await claim(one, attempts));
    const refused = { kind: 'refused', code: 'RISK_REJECT', message: '' } as const;
    await askForSession(one, answering(refused), await claim(one, attempts));
    expect((await instances.said('I-unsent')).at(-1)?.data).toMatchObject({ stage: 'provider', code: 'RISK_REJECT' });
  });

  it('do not believe a refusal of a refund after an unanswered call, but do so after one that was never sent', async () => {
    await paid('I-hints', 'ps_I-hints');
    const refused = { kind: 'refused', code: 'PROCESS_FAIL', message: '' } as const;
    await refund(one, 'I-hints', 'rf_unsent', '10');
    await askToRefund(one, refunding(notSent), await claim(one, refunds));
    await askToRefund(one, refunding(refused), await claim(one, refunds));
    expect((await instances.said('I-hints')).at(-1)?.data).toMatchObject({ answer: 'refused' });
    await refund(one, 'I-hints', 'rf_unanswered', '10');
    await askToRefund(one, refunding(unanswered), await claim(one, refunds));
    await askToRefund(one, refunding(refused), await claim(one, refunds));
    expect((await instances.said('I-hints')).at(-1)?.type).toBe('RefundStarted');
  });

  it('do not count a cancel that was never sent, and give up after three that Antom did not answer', async () => {
    await opened('I-cancel', 'ps_cancel');
    await one.run(cause(), (stores) =>
      requestCancel(stores, tools, { orderId: 'I-cancel', paymentSessionId: 'ps_cancel' }),
    );
    await instances.acknowledgeCancels();
    for (let round = 0; round < 5; round++) await askToCancel(one, tools, await claim(one, cancels));
    const mute = scripted({ inquire: () => Promise.resolve(unanswered) });
    for (let round = 0; round < 2; round++) await askToCancel(one, mute, await claim(one, cancels));
    expect(await told('I-cancel')).toEqual(['PaymentSessionCreated']);
    await askToCancel(one, mute, await claim(one, cancels));
    expect((await instances.said('I-cancel')).at(-1)?.data).toMatchObject({ answer: 'unanswered' });
  });

  it('cancel nothing on the word of one whose lease is over', async () => {
    await one.run(cause(), (stores) =>
      requestCancel(stores, tools, { orderId: 'I-cancel', paymentSessionId: 'ps_cancel' }),
    );
    const slow = await claim(one, cancels);
    const fresh = await claim(other, cancels);
    const found = { inquire: () => Promise.resolve(noPayment) };
    await askToCancel(one, scripted({ ...found, cancel: () => Promise.resolve({ kind: 'cancelled' }) }), slow);
    expect((await instances.said('I-cancel')).filter(({ type }) => type === 'CancelAnswered')).toHaveLength(1);
    await askToCancel(other, scripted({ ...found, cancel: () => Promise.resolve({ kind: 'cancelled' }) }), fresh);
    expect((await instances.said('I-cancel')).at(-1)?.data).toMatchObject({ answer: 'cancelled' });
  });

  it('send no cancel before the broker has acknowledged that one was started, nor where it refused to take that', async () => {
    const claimAll = () => one.run(undefined, (stores) => stores.cancels.claimDue(later(hourMs), later(60_000), 10));
    await opened('I-announced', 'ps_announced');
    await one.run(cause(), (stores) =>
      requestCancel(stores, tools, { orderId: 'I-announced', paymentSessionId: 'ps_announced' }),
    );
    expect(await told('I-announced')).toEqual(['PaymentSessionCreated', 'CancelStarted']);
    expect(await claimAll()).toEqual([]);
    const due = (await instances.nextDue(now())).cancels;
    expect(due?.getTime()).toBeGreaterThan(Date.now());
    await instances.rows(
      `with dead as (delete from outbox where headers->>'ce_type' = 'CancelStarted' returning *)
       insert into outbox_dead (position, event_id, topic, key, headers, body, said_at, reason, died_at)
       select position, event_id, topic, key, headers, body, said_at, 'too large', said_at from dead`,
    );
    expect(await claimAll()).toEqual([]);
    await instances.rows('delete from outbox_dead');
    expect(await claimAll()).toMatchObject([{ thing: { paymentSessionId: 'ps_announced' }, tries: 1 }]);
  });

  it('announce the cancel of an attempt once, however often it is asked for', async () => {
    await opened('I-once', 'ps_once');
    const askForCancel = () =>
      one.run(cause(), (stores) => requestCancel(stores, tools, { orderId: 'I-once', paymentSessionId: 'ps_once' }));
    const unused = scripted({
      inquire: () => Promise.resolve(noPayment),
      cancel: () => Promise.resolve({ ...noPayment, kind: 'refused', noSuchPayment: true }),
    });
    await settle('attempts set cancel_due_at = null');
    for (let round = 0; round < 2; round++) {
      await askForCancel();
      const started = (await told('I-once')).filter((type) => type === 'CancelStarted');
      expect(started).toHaveLength(round === 0 ? 1 : 0);
      await instances.acknowledgeCancels();
      await askToCancel(one, unused, await claim(one, cancels));
    }
    expect(await told('I-once')).toEqual(['PaymentSessionCreated', 'CancelAnswered', 'CancelAnswered']);
  });
});
