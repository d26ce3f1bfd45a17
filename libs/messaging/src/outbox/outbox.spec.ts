import { payments } from '@kasir/contracts';
import { type Tx } from '../database.js';
import { eventId } from '../events/event-id.js';
import { at, freshDatabase, type LabDatabase, paymentSucceeded } from '../lab.specs.js';
import { deferred } from '../waiting.js';
import { createOutbox } from './outbox.js';

describe('an event that is said', () => {
  const outbox = createOutbox('notification');
  let database: LabDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => database.query('truncate outbox, event_sequences'));

  const say = (orderId: string, identity?: string) => (tx: Tx) =>
    outbox.say(tx, payments, paymentSucceeded(orderId, identity));
  const said = () =>
    database.query<{ key: string; id: string; sequence: string }>(
      `select key, event_id as id, headers ->> 'ce_sequence' as sequence from outbox order by position`,
    );

  it('waits as one CloudEvent with its key', async () => {
    const causedBy = { id: 'webhook-1', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
    const id = await database.transaction((tx) =>
      outbox.say(tx, payments, { ...paymentSucceeded('order-1'), causedBy }),
    );
    const [row] = await database.query('select topic, key, headers, body, said_at from outbox');
    expect(row).toEqual({
      topic: 'payments.v1',
      key: 'order-1',
      headers: {
        ce_specversion: '1.0',
        ce_id: id,
        ce_type: 'PaymentSucceeded',
        ce_source: 'notification',
        ce_subject: 'order-1',
        ce_time: '2026-11-22T08:00:00.000Z',
        ce_dataschema: 'urn:kasir:payments.v1:PaymentSucceeded',
        ce_sequence: '1',
        ce_causationid: 'webhook-1',
        traceparent: causedBy.traceparent,
        'content-type': 'application/json',
      },
      body: JSON.stringify(paymentSucceeded('order-1').data),
      said_at: at,
    });
  });

  it('has the id of its cause, however often the work is done', async () => {
    const work = database.transaction(say('order-1')).then(() => database.transaction(say('order-1')));
    expect(await work).toBe(
      eventId({ source: 'notification', type: 'PaymentSucceeded', identity: paymentSucceeded('order-1').identity }),
    );
  });

  it('never was when its transaction fails, and leaves no hole in the count', async () => {
    const failing = database.transaction(async (tx) => {
      await say('order-1')(tx);
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    await database.transaction(say('order-1'));
    expect(await said()).toMatchObject([{ sequence: '1' }]);
  });

  it('is counted per order without holes, however many say something at once', async () => {
    const both = ['order-1', 'order-2'];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => database.transaction(say(both[index % 2]!, `ps_${index}`))),
    );
    const rows = await said();
    const counted = both.map((order) =>
      rows.filter(({ key }) => key === order).map(({ sequence }) => Number(sequence)),
    );
    const oneToTwenty = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(counted).toEqual([oneToTwenty, oneToTwenty]);
  });

  it('is counted in its turn, also when a transaction says much at once', async () => {
    await database.transaction(say('order-1', 'before'));
    const [first, other, second] = await database.transaction((tx) =>
      Promise.all([say('order-1', 'first')(tx), say('order-2')(tx), say('order-1', 'second')(tx)]),
    );
    const rows = await said();
    expect(rows.slice(1)).toEqual([
      { key: 'order-1', id: first, sequence: '2' },
      { key: 'order-2', id: other, sequence: '1' },
      { key: 'order-1', id: second, sequence: '3' },
    ]);
  });

  it('stands behind an earlier one of its order whose transaction is still open, and before none', async () => {
    const [hold, begun] = [deferred(), deferred()];
    const slow = database.transaction(async (tx) => {
      await say('order-1', 'first')(tx);
      begun.resolve();
      await hold.promise;
    });
    await begun.promise;
    const quick = database.transaction(say('order-1', 'second'));
    await database.transaction(say('order-2'));
    expect((await said()).map(({ key }) => key)).toEqual(['order-2']);
    hold.resolve();
    const [, second] = await Promise.all([slow, quick]);
    const ofOrder = (await said()).filter(({ key }) => key === 'order-1');
    expect(ofOrder.map(({ sequence }) => sequence)).toEqual(['1', '2']);
    expect(ofOrder.at(-1)?.id).toBe(second);
  });

  describe('is refused at once', () => {
    const refuse = (work: (tx: Tx) => Promise<string>) => expect(database.transaction(work)).rejects;
    afterEach(async () => {
      expect(await said()).toEqual([]);
    });

    it('on a topic of another producer', () =>
      refuse((tx) => createOutbox('order').say(tx, payments, paymentSucceeded('order-1'))).toThrow(
        "order may not say PaymentSucceeded: payments.v1 is notification's",
      ));
    it('on a topic that it did not declare', () =>
      refuse((tx) => createOutbox('notification', []).say(tx, payments, paymentSucceeded('order-1'))).toThrow(
        'notification did not declare that it says payments.v1',
      ));
    it('when the topic has no such event, and by the compiler before that', () =>
      refuse((tx) =>
        // @ts-expect-error OrderPaid is not said on payments.v1
        outbox.say(tx, payments, { ...paymentSucceeded('order-1'), type: 'OrderPaid' }),
      ).toThrow('payments.v1 has no event OrderPaid'));
    it('when its data is not what the contract says', () => {
      const news = paymentSucceeded('order-1');
      const wrong = { ...news, data: { ...news.data, amount: { value: '1.60', currency: 'THB' } } };
      return refuse((tx) => outbox.say(tx, payments, wrong)).toThrow('this is no PaymentSucceeded: amount.value');
    });
    it('when it carries a field that the contract does not name, so that nothing leaks', () => {
      const news = paymentSucceeded('order-1');
      const leaking = { ...news, data: { ...news.data, buyerName: 'Somchai' } };
      return refuse((tx) => outbox.say(tx, payments, leaking)).toThrow('carries more than its contract says');
    });
  });
});
