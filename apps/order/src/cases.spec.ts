import { caseResolutions, resolutionsOf } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { order } from './app.module.js';
import { type Case } from './domain/case.js';
import { type Harness, openHarness } from './testing/harness.specs.js';

const hour = 3_600_000;

describe('a case', () => {
  let harness: Harness;
  let now = Date.now();
  beforeAll(async () => {
    harness = await openHarness(order, { clock: { now: () => new Date(now) } });
  });
  afterAll(() => harness.world.stop());

  const tell = (orderId: string, kind: string) =>
    harness.attention(orderId, `ps_${orderId}`, kind, { evidence: { asked: '3 times' } });
  const list = async (query: object = {}) => (await harness.ask<Case[]>('cases.list', query)).body;

  it('is opened once, with its evidence and a clock, however often the trouble is told', async () => {
    for (let n = 0; n < 3; n++) await tell('K-1', 'cancel-unanswered');
    await harness.settled();
    expect(harness.published('K-1')).toEqual(['OrderNeedsAttention']);
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

  it('is one for each refund of a payment, and for each payment', async () => {
    for (const n of ['2', '3', '2', '3']) {
      const paymentId = `pay-${n}`;
      await harness.attention('K-twice', 'ps_K-twice', 'refund-no-answer', { paymentId, reference: `rf_${n}` });
      await harness.attention('K-twice', 'ps_K-twice', 'no-answer', { paymentId });
    }
    await harness.settled();
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
    await harness.settled();
    await tell('K-3', 'too-odd');
    await harness.settled();
    const ids = async (query: object) => (await list(query)).map(({ orderId }) => orderId);
    expect(await ids({ kind: 'too-odd' })).toEqual(['K-2', 'K-3']);
    expect(await ids({ kind: 'too-odd', limit: 1 })).toEqual(['K-2']);
    expect(await ids({ kind: 'too-odd', after: 'too-odd/ps_K-2/' })).toEqual(['K-3']);
    await harness.ask('cases.own', { caseId: 'too-odd/ps_K-3/', owner: 'somchai', by: 'mika' });
    expect(await ids({ owner: 'somchai' })).toEqual(['K-3']);
  });

  it('is resolved once, with a word, a reason and a name, and everybody downstream is told', async () => {
    await tell('K-4', 'cancel-unanswered');
    await harness.settled();
    const caseId = 'cancel-unanswered/ps_K-4/';
    const decision = { caseId, resolution: 'no-action', reason: 'called the buyer', by: 'mika' };
    await harness.ask('cases.own', { caseId, owner: 'mika', by: 'mika', reason: 'mine' });
    expect(await harness.ask('cases.resolve', decision)).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await harness.ask('cases.resolve', decision)).toMatchObject({ status: 200 });
    expect(await harness.ask('cases.resolve', { ...decision, by: 'somchai' })).toMatchObject({
      status: 409,
      body: { code: 'case_resolved' },
    });
    expect(await harness.ask('cases.own', { caseId, owner: 'somchai', by: 'somchai' })).toMatchObject({ status: 409 });
    await harness.settled();
    expect(harness.dataOf('K-4', 'OrderAttentionResolved')).toEqual([
      {
        orderId: 'K-4',
        caseId,
        kind: 'cancel-unanswered',
        paymentSessionId: 'ps_K-4',
        resolution: 'no-action',
        status: 'resolved',
        openCases: 0,
        reason: 'called the buyer',
        by: 'mika',
        resolvedAt: new Date(now).toISOString(),
      },
    ]);
    const { body } = await harness.ask('cases.show', { caseId });
    expect(body).toMatchObject({
      history: [
        { action: 'owned', owner: 'mika', by: 'mika', reason: 'mine' },
        { action: 'resolved', resolution: 'no-action', by: 'mika', reason: 'called the buyer' },
      ],
    });
    expect(await list({ orderId: 'K-4' })).toEqual([]);
    expect(await list({ orderId: 'K-4', status: 'resolved' })).toHaveLength(1);
  });

  it('is not opened again by an old event after it was resolved', async () => {
    await tell('K-4', 'cancel-unanswered');
    await harness.settled();
    expect(await list({ orderId: 'K-4' })).toEqual([]);
    expect(harness.published('K-4')).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved']);
  });

  it('is resolved by one of two who decide at the same moment', async () => {
    await tell('K-5', 'cancel-unanswered');
    await harness.settled();
    const decision = { caseId: 'cancel-unanswered/ps_K-5/', resolution: 'no-action', reason: 'called' };
    const answers = await whileLocked('K-5', 2, () =>
      Promise.all(['mika', 'somchai'].map((by) => harness.ask('cases.resolve', { ...decision, by }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await harness.settled();
    expect(harness.dataOf('K-5', 'OrderAttentionResolved')).toHaveLength(1);
  });

  /** Holds an order until so many wait for it, so that each of them has seen the same. */
  async function whileLocked<T>(orderId: string, waiters: number, work: () => Promise<T>): Promise<T> {
    const inThisDatabase = 'select from pg_stat_activity where datname = current_database()';
    const held = harness.world.rows(`
      do $$ begin
        perform from orders where id = '${orderId}' for update;
        for n in 1..1000 loop
          perform pg_sleep(0.01), pg_stat_clear_snapshot();
          exit when (select count(*) from (${inThisDatabase} and wait_event_type = 'Lock') as waiting) = ${waiters};
        end loop;
      end $$`);
    await eventually(async () =>
      expect(await harness.world.rows(`${inThisDatabase} and wait_event = 'PgSleep'`)).toHaveLength(1),
    );
    const [done] = await Promise.all([work(), held]);
    return done;
  }

  it.each([
    ['without a reason', { resolution: 'no-action', by: 'mika' }, 422],
    ['with an empty reason', { resolution: 'no-action', by: 'mika', reason: ' ' }, 422],
    ['without a name', { resolution: 'no-action', reason: 'because' }, 422],
    ['where there is none', { resolution: 'no-action', reason: 'because', by: 'mika' }, 404],
  ])('is not resolved %s', async (_, decision, status) => {
    expect((await harness.ask('cases.resolve', { caseId: 'nothing/ps_0/', ...decision })).status).toBe(status);
  });

  it('is resolved with one of the words that there are, and a wrong one is answered with them', async () => {
    await tell('K-6', 'cancel-unanswered');
    await harness.settled();
    const decision = { caseId: 'cancel-unanswered/ps_K-6/', reason: 'because', by: 'mika' };
    const unknown = await harness.ask('cases.resolve', { ...decision, resolution: 'accepted' });
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ field: 'resolution' }] } });
    const misplaced = await harness.ask('cases.resolve', { ...decision, resolution: 'new-attempt' });
    expect(misplaced).toMatchObject({ status: 409, body: { code: 'resolution_does_not_fit' } });
    for (const word of Object.keys(caseResolutions)) expect(JSON.stringify(unknown.body)).toContain(word);
    for (const word of resolutionsOf('cancel-unanswered', false)) expect(misplaced.body['detail']).toContain(word);
    expect(await list({ orderId: 'K-6' })).toHaveLength(1);
    expect(harness.dataOf('K-6', 'OrderAttentionResolved')).toEqual([]);
  });

  it('tells with its resolution how many of its order are still open', async () => {
    for (const kind of ['cancel-unanswered', 'too-odd']) await tell('K-7', kind);
    await harness.otherAmount('K-7', 'ps_K-7', 'pay-K-7');
    await harness.settled();
    for (const [kind, reference, resolution] of [
      ['cancel-unanswered', '', 'no-action'],
      ['other-amount', 'pay-K-7', 'new-attempt'],
      ['other-amount', 'pay-K-7', 'new-attempt'],
      ['too-odd', '', 'no-action'],
    ] as const) {
      const decision = { caseId: `${kind}/ps_K-7/${reference}`, resolution, reason: 'looked at', by: 'mika' };
      expect(await harness.ask('cases.resolve', decision)).toMatchObject({ status: 200 });
    }
    await harness.settled();
    expect(harness.dataOf('K-7', 'OrderAttentionResolved')).toMatchObject([
      { kind: 'cancel-unanswered', openCases: 2 },
      { kind: 'other-amount', paymentId: 'pay-K-7', resolution: 'new-attempt', openCases: 1 },
      { kind: 'too-odd', openCases: 0 },
    ]);
  });

  it('shows by its numbers how many are open, how many too long, and how old the oldest one is', async () => {
    const all = await list();
    now = Math.max(...all.map(({ due }) => Date.parse(due))) + hour;
    const metrics = await harness.metrics();
    const oldest = (now - Math.min(...all.map(({ since }) => Date.parse(since)))) / 1000;
    expect(metrics).toContain('kasir_open_cases{kind="too-odd",service="order"} 2');
    expect(metrics).toContain(`kasir_overdue_cases{service="order"} ${all.length}`);
    expect(metrics).toContain(`kasir_oldest_case_seconds{service="order"} ${oldest}`);
  });
});
