import { dataSourceOf } from '@kasir/service';
import { migratedDatabase } from '@kasir/testing';
import { Memory } from '@kasir/testing/memory';
import { migrations } from '../app.module.js';
import { type Stores } from '../application/ports.js';
import { newCase, refundCase, resolveCase } from '../domain/case.js';
import { type Order } from '../domain/order.js';
import { type ReceivedPayment } from '../domain/payment.js';
import { newRefund } from '../domain/refund.js';
import { storesIn } from '../outbound/stores.js';
import { orderStores } from './memory-stores.js';

type Sources = Record<string, () => Promise<{ stores: Stores; stop?: () => Promise<void> }>>;

const sources: Sources = {
  memory: () => Promise.resolve({ stores: orderStores(new Memory().begin(), () => Promise.resolve()) }),
  PostgreSQL: async () => {
    const source = dataSourceOf(
      await migratedDatabase((url) => dataSourceOf(url, migrations, 'test')),
      migrations,
      'test',
    );
    await source.initialize();
    const tx = {
      query: <Row>(sql: string, params?: readonly unknown[]) => source.query<Row[]>(sql, params as unknown[]),
    };
    const outbox = { say: () => Promise.reject(new Error('nothing is published here')) };
    return { stores: storesIn(outbox, { now: () => new Date() })(tx), stop: () => source.destroy() };
  },
};

const at = '2026-01-01T00:00:00.000Z';
const minutes = (n: number) => new Date(Date.parse(at) + n * 60_000).toISOString();
const orderId = 'O-1';
const payment = { orderId, paymentSessionId: 'ps_1', paymentId: 'pay-1' };
const amount = { value: '160', currency: 'THB' };
const received = (paymentId: string, more: Partial<ReceivedPayment> = {}): ReceivedPayment => ({
  ...{ ...payment, paymentId, amount, paidAt: at, standing: 'duplicate-payment', givenBack: '0' },
  ...more,
});
const concern = { kind: 'contradiction', ...payment, evidence: { why: 'FAIL' }, since: at };
const decision = { resolution: 'refund', reason: 'because', by: 'mika', at };

describe.each(Object.entries(sources))('the stores of order in %s', (_, open) => {
  let stores: Stores;
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    ({ stores, stop } = await open());
    await stores.orders.lock(orderId);
  });
  afterAll(() => stop?.());

  it('keep an order with all that is known of it, and find those that are closing for too long', async () => {
    const unknown = { status: 'open', facts: null, paidBy: null, seal: null, closingDueAt: null };
    expect([await stores.orders.knows('O-2'), await stores.orders.lock('O-2')]).toEqual([
      false,
      { id: 'O-2', ...unknown },
    ]);
    const closing = (id: string, closingDueAt: string): Order => ({
      ...{ id, status: 'closing', facts: { amount, description: 'Latte', expiresAt: at }, paidBy: null },
      ...{ seal: { cause: 'expired', sealedAt: at }, closingDueAt },
    });
    const { paymentSessionId, paymentId } = payment;
    const paid: Order = { ...closing('O-3', at), status: 'paid', paidBy: { paymentSessionId, paymentId } };
    await stores.orders.lock('O-3');
    for (const order of [closing('O-2', minutes(1)), closing(orderId, minutes(2)), paid])
      await stores.orders.save(order);
    expect(await stores.orders.lock('O-3')).toEqual(paid);
    const overdue = async (time: string, limit = 9) =>
      (await stores.orders.overdue(new Date(time), limit)).map(({ id }) => id);
    expect([await overdue(minutes(1)), await overdue(minutes(2), 1), await overdue(minutes(2))]).toEqual([
      ['O-2'],
      ['O-2'],
      ['O-2', orderId],
    ]);
  });

  it('keep a payment before and after its money came, and know the duplicates that stand, the last one first', async () => {
    await stores.payments.save({ ...payment, amount: null });
    expect(await stores.payments.find(payment)).toEqual({ ...payment, amount: null });
    await stores.payments.save(received('pay-1', { standing: 'paid', givenBack: '60' }));
    expect(await stores.payments.find(payment)).toEqual(received('pay-1', { standing: 'paid', givenBack: '60' }));
    const late = received('pay-3', { paidAt: minutes(1) });
    for (const each of [received('pay-2'), late, received('pay-4', { givenBack: '1' })])
      await stores.payments.save(each);
    expect(await stores.payments.duplicatesOf(orderId)).toEqual([late, received('pay-2')]);
    expect(await stores.payments.find({ ...payment, paymentId: 'pay-9' })).toBeUndefined();
  });

  it('keep a refund in each of its states, and tell what went back of a payment in the order of time', async () => {
    const rejected = {
      ...newRefund,
      id: 'rf_1',
      orderId,
      paymentSessionId: 'ps_1',
      status: 'rejected',
      caseId: 'c',
    } as const;
    const back = { ...payment, amount, origin: 'requested', returned: null } as const;
    const returned = { cause: 'cancel', evidence: { why: 'late' } } as const;
    await stores.refunds.save(rejected);
    await stores.refunds.save({ ...newRefund, ...back, id: 'rf_3', status: 'started' });
    await stores.refunds.save({ ...newRefund, ...back, id: 'rf_3', at: minutes(3), status: 'succeeded' });
    await stores.refunds.save({
      ...newRefund,
      ...back,
      id: 'rf_2',
      at,
      status: 'succeeded',
      origin: 'unasked',
      returned,
    });
    expect(await stores.refunds.find('rf_1')).toEqual(rejected);
    expect(await stores.refunds.of(payment)).toMatchObject([
      { ...back, id: 'rf_2', at, origin: 'unasked', returned },
      { ...back, id: 'rf_3', at: minutes(3) },
    ]);
  });

  it('open a case once, and find it by order, payment, refund and status', async () => {
    const found = newCase(concern);
    const other = newCase({ ...concern, kind: 'no-answer', paymentId: null, since: minutes(1) });
    expect([await stores.cases.open(found), await stores.cases.open(found)]).toEqual([true, false]);
    expect([await stores.cases.open(other), await stores.cases.openOf(orderId)]).toEqual([true, 2]);
    const refunding = { ...refundCase(found, 'rf_9', decision).thing, owner: 'mika' };
    await stores.cases.save(refunding);
    expect([await stores.cases.find(found.caseId), await stores.cases.lock(other.caseId)]).toEqual([refunding, other]);
    expect([await stores.cases.waitingFor('rf_9'), await stores.cases.waitingFor('rf_8')]).toEqual([
      refunding,
      undefined,
    ]);
    expect(await stores.cases.unresolvedOf(payment)).toEqual([refunding]);
    const list = async (query: object) =>
      (await stores.cases.list({ status: 'all', limit: 9, ...query })).map(({ kind }) => kind);
    expect(await list({})).toEqual(['contradiction', 'no-answer']);
    expect([
      await list({ status: 'open' }),
      await list({ after: found.caseId }),
      await list({ owner: 'mika' }),
    ]).toEqual([['no-answer'], ['no-answer'], ['contradiction']]);
    expect([await list({ limit: 1 }), await list({ kind: 'other' }), await list({ orderId: 'O-9' })]).toEqual([
      ['contradiction'],
      [],
      [],
    ]);
    const load = await stores.cases.load(new Date(Date.parse(found.due) + 1));
    expect(load).toEqual({
      ...{ overdue: 1, oldest: new Date(at) },
      open: [
        { kind: 'contradiction', count: 1 },
        { kind: 'no-answer', count: 1 },
      ],
    });
    await stores.cases.save(resolveCase(refunding, decision).thing);
    expect([await stores.cases.unresolvedOf(payment), await stores.cases.openOf(orderId)]).toEqual([[], 1]);
  });

  it('keep what was done about a case in its order', async () => {
    const words = { at, by: 'mika', reason: 'because' };
    const entries = [
      { ...words, action: 'owned', owner: 'somchai' },
      { ...words, action: 'resolved', resolution: 'no-action' },
    ] as const;
    for (const entry of entries) await stores.cases.note('a case', entry);
    expect([await stores.cases.history('a case'), await stores.cases.history('another')]).toEqual([entries, []]);
  });
});
