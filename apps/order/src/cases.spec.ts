import { caseResolutions, payments, resolutionsOf } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { order } from './app.module.js';
import { type Case } from './domain/case.js';
import { type Lab, openLab } from './lab.specs.js';

const hour = 3_600_000;

describe('a case', () => {
  let lab: Lab;
  let now = Date.now();
  beforeAll(async () => {
    lab = await openLab(order, { now: () => new Date(now) });
  });
  afterAll(() => lab.world.stop());

  const tell = (orderId: string, kind: string) =>
    lab.say(payments, 'PaymentNeedsAttention', {
      orderId,
      paymentSessionId: `ps_${orderId}`,
      paymentRequestId: `ps_${orderId}`,
      kind,
      evidence: { asked: '3 times' },
    });
  const list = async (query: object = {}) => (await lab.ask<Case[]>('cases.list', query)).body;

  it('is opened once, with its evidence and a clock, however often the trouble is told', async () => {
    for (let n = 0; n < 3; n++) await tell('K-1', 'cancel-unanswered');
    await lab.settled();
    expect(lab.said('K-1')).toEqual(['OrderNeedsAttention']);
    const [found] = await list({ orderId: 'K-1' });
    expect(found).toMatchObject({
      caseId: 'cancel-unanswered/ps_K-1/',
      kind: 'cancel-unanswered',
      status: 'open',
      owner: null,
      evidence: { asked: '3 times' },
    });
    expect(Date.parse(found!.due) - Date.parse(found!.since)).toBe(24 * hour);
  });

  it('is one for each refund of an attempt, and for each payment that its evidence names', async () => {
    const attempt = { orderId: 'K-twice', paymentSessionId: 'ps_K-twice' };
    for (const n of ['2', '3', '2', '3']) {
      const refund = { ...attempt, refundRequestId: `rf_${n}`, kind: 'no-answer', evidence: {} };
      await lab.say(payments, 'RefundNeedsAttention', refund);
      await lab.say(payments, 'PaymentNeedsAttention', {
        ...{ ...attempt, paymentRequestId: 'ps_K-twice', kind: 'no-answer' },
        evidence: { paymentId: `pay-${n}` },
      });
    }
    await lab.settled();
    const found = await list({ orderId: 'K-twice' });
    expect(found.map(({ caseId }) => caseId).sort()).toEqual([
      'no-answer/ps_K-twice/pay-2',
      'no-answer/ps_K-twice/pay-3',
      'refund-no-answer/ps_K-twice/rf_2',
      'refund-no-answer/ps_K-twice/rf_3',
    ]);
  });

  it('is listed with the oldest first, by kind, by owner, and page by page', async () => {
    await tell('K-2', 'too-odd');
    await lab.settled();
    await tell('K-3', 'too-odd');
    await lab.settled();
    const ids = async (query: object) => (await list(query)).map(({ orderId }) => orderId);
    expect(await ids({ kind: 'too-odd' })).toEqual(['K-2', 'K-3']);
    expect(await ids({ kind: 'too-odd', limit: 1 })).toEqual(['K-2']);
    expect(await ids({ kind: 'too-odd', after: 'too-odd/ps_K-2/' })).toEqual(['K-3']);
    await lab.ask('cases.own', { caseId: 'too-odd/ps_K-3/', owner: 'somchai', by: 'mika' });
    expect(await ids({ owner: 'somchai' })).toEqual(['K-3']);
  });

  it('is resolved once, with a word, a reason and a name, and everybody downstream is told', async () => {
    await tell('K-4', 'cancel-unanswered');
    await lab.settled();
    const caseId = 'cancel-unanswered/ps_K-4/';
    const decision = { caseId, resolution: 'settled-offline', reason: 'called the buyer', by: 'mika' };
    await lab.ask('cases.own', { caseId, owner: 'mika', by: 'mika', reason: 'mine' });
    expect(await lab.ask('cases.resolve', decision)).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await lab.ask('cases.resolve', decision)).toMatchObject({ status: 200 });
    expect(await lab.ask('cases.resolve', { ...decision, by: 'somchai' })).toMatchObject({
      status: 409,
      body: { code: 'case_resolved' },
    });
    expect(await lab.ask('cases.own', { caseId, owner: 'somchai', by: 'somchai' })).toMatchObject({ status: 409 });
    await lab.settled();
    expect(lab.dataOf('K-4', 'OrderAttentionResolved')).toEqual([
      {
        orderId: 'K-4',
        caseId,
        kind: 'cancel-unanswered',
        paymentSessionId: 'ps_K-4',
        paymentId: '',
        resolution: 'settled-offline',
        openCases: 0,
        reason: 'called the buyer',
        by: 'mika',
        resolvedAt: new Date(now).toISOString(),
      },
    ]);
    const { body } = await lab.ask('cases.show', { caseId });
    expect(body).toMatchObject({
      history: [
        { action: 'owned', owner: 'mika', by: 'mika', reason: 'mine' },
        { action: 'resolved', resolution: 'settled-offline', by: 'mika', reason: 'called the buyer' },
      ],
    });
    expect(await list({ orderId: 'K-4' })).toEqual([]);
    expect(await list({ orderId: 'K-4', status: 'resolved' })).toHaveLength(1);
  });

  it('is not opened again by old news after it was resolved', async () => {
    await tell('K-4', 'cancel-unanswered');
    await lab.settled();
    expect(await list({ orderId: 'K-4' })).toEqual([]);
    expect(lab.said('K-4')).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved']);
  });

  it('is resolved by one of two who decide at the same moment', async () => {
    await tell('K-5', 'cancel-unanswered');
    await lab.settled();
    const decision = { caseId: 'cancel-unanswered/ps_K-5/', resolution: 'settled-offline', reason: 'called' };
    const answers = await whileLocked('K-5', 2, () =>
      Promise.all(['mika', 'somchai'].map((by) => lab.ask('cases.resolve', { ...decision, by }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await lab.settled();
    expect(lab.dataOf('K-5', 'OrderAttentionResolved')).toHaveLength(1);
  });

  /** Holds an order until so many wait for it, so that each of them has seen the same. */
  async function whileLocked<T>(orderId: string, waiters: number, work: () => Promise<T>): Promise<T> {
    const inThisDatabase = 'select from pg_stat_activity where datname = current_database()';
    const held = lab.world.rows(`
      do $$ begin
        perform from orders where id = '${orderId}' for update;
        for n in 1..1000 loop
          perform pg_sleep(0.01), pg_stat_clear_snapshot();
          exit when (select count(*) from (${inThisDatabase} and wait_event_type = 'Lock') as waiting) = ${waiters};
        end loop;
      end $$`);
    await eventually(async () =>
      expect(await lab.world.rows(`${inThisDatabase} and wait_event = 'PgSleep'`)).toHaveLength(1),
    );
    const [done] = await Promise.all([work(), held]);
    return done;
  }

  it.each([
    ['without a reason', { resolution: 'settled-offline', by: 'mika' }, 422],
    ['with an empty reason', { resolution: 'settled-offline', by: 'mika', reason: ' ' }, 422],
    ['without a name', { resolution: 'settled-offline', reason: 'because' }, 422],
    ['where there is none', { resolution: 'settled-offline', reason: 'because', by: 'mika' }, 404],
  ])('is not resolved %s', async (_, decision, status) => {
    expect((await lab.ask('cases.resolve', { caseId: 'nothing/ps_0/', ...decision })).status).toBe(status);
  });

  it('is resolved with one of the words that there are, and a wrong one is answered with them', async () => {
    await tell('K-6', 'cancel-unanswered');
    await lab.settled();
    const decision = { caseId: 'cancel-unanswered/ps_K-6/', reason: 'because', by: 'mika' };
    const unknown = await lab.ask('cases.resolve', { ...decision, resolution: 'refund' });
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ field: 'resolution' }] } });
    const misplaced = await lab.ask('cases.resolve', { ...decision, resolution: 'new-attempt' });
    expect(misplaced).toMatchObject({ status: 409, body: { code: 'resolution_does_not_fit' } });
    for (const word of Object.keys(caseResolutions)) expect(JSON.stringify(unknown.body)).toContain(word);
    for (const word of resolutionsOf('cancel-unanswered')) expect(misplaced.body['detail']).toContain(word);
    expect(await list({ orderId: 'K-6' })).toHaveLength(1);
    expect(lab.dataOf('K-6', 'OrderAttentionResolved')).toEqual([]);
  });

  it('tells with its resolution how many of its order are still open', async () => {
    for (const kind of ['cancel-unanswered', 'too-odd']) await tell('K-7', kind);
    await lab.mismatched('K-7', 'ps_K-7', 'pay-K-7');
    await lab.settled();
    for (const [kind, reference, resolution] of [
      ['cancel-unanswered', '', 'settled-offline'],
      ['amount-mismatch', 'pay-K-7', 'new-attempt'],
      ['amount-mismatch', 'pay-K-7', 'new-attempt'],
      ['too-odd', '', 'accepted'],
    ] as const) {
      const decision = { caseId: `${kind}/ps_K-7/${reference}`, resolution, reason: 'looked at', by: 'mika' };
      expect(await lab.ask('cases.resolve', decision)).toMatchObject({ status: 200 });
    }
    await lab.settled();
    expect(lab.dataOf('K-7', 'OrderAttentionResolved')).toMatchObject([
      { kind: 'cancel-unanswered', openCases: 2 },
      { kind: 'amount-mismatch', paymentId: 'pay-K-7', resolution: 'new-attempt', openCases: 1 },
      { kind: 'too-odd', openCases: 0 },
    ]);
  });

  it('shows by its numbers how many are open, how many too long, and how old the oldest one is', async () => {
    const all = await list();
    now = Math.max(...all.map(({ due }) => Date.parse(due))) + hour;
    const metrics = await lab.metrics();
    const oldest = (now - Math.min(...all.map(({ since }) => Date.parse(since)))) / 1000;
    expect(metrics).toContain('kasir_open_cases{kind="too-odd",service="order"} 2');
    expect(metrics).toContain(`kasir_overdue_cases{service="order"} ${all.length}`);
    expect(metrics).toContain(`kasir_oldest_case_seconds{service="order"} ${oldest}`);
    expect(metrics).toContain('kasir_parked_news{service="order"} 0');
  });
});
