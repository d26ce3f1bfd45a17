import { orders, type PaymentEvent, payments, type PaymentSessionEvent, paymentSessions } from '@kasir/contracts';
import fc from 'fast-check';
import { type KeptRecord, recordOf } from '../../consumer/records.js';
import { type AnySubscription } from '../../consumer/subscription.js';
import { type Tx } from '../../database.js';
import { writeHeaders } from '../../events/headers.js';
import { readEvent } from '../../events/reading.js';
import { freshDatabase, type LabDatabase } from '../../lab.specs.js';
import { createOutbox } from '../../outbox/outbox.js';
import { ownEvents } from './own-event.js';
import { retell } from './retell.js';
import { Story } from './story.js';
import { Tally } from './tally.js';
import { applyMessage, type Message, type ReadBack, type SaidRow, takeSaid } from './turn.js';

const outbox = createOutbox('order');
const at = new Date('2026-01-01T00:00:00.000Z');
const tables = `
  create table known (payment_session_id text primary key);
  create table early (payment_session_id text primary key);
  create table paid (order_id text primary key, payment_session_id text not null)`;

/** An order is paid by the first success whose attempt is known; a success that comes before its attempt waits for it. */
const onAttempt: AnySubscription = {
  topic: paymentSessions,
  handle: async (event, { tx }) => {
    const { paymentSessionId } = (event as PaymentEvent).data;
    await tx.query('insert into known values ($1)', [paymentSessionId]);
    const waited = await tx.query('delete from early where payment_session_id = $1 returning 1', [paymentSessionId]);
    if (waited.length > 0) await pay(tx, event as PaymentSessionEvent, paymentSessionId);
  },
};
const onSuccess: AnySubscription = {
  topic: payments,
  handle: async (event, { tx }) => {
    const { paymentSessionId } = (event as PaymentEvent).data;
    const known = await tx.query('select from known where payment_session_id = $1', [paymentSessionId]);
    if (known.length === 0) await tx.query('insert into early values ($1)', [paymentSessionId]);
    else await pay(tx, event as PaymentEvent, paymentSessionId);
  },
};

async function pay(tx: Tx, causedBy: PaymentEvent | PaymentSessionEvent, paymentSessionId: string): Promise<void> {
  const first = await tx.query('insert into paid values ($1, $2) on conflict do nothing returning 1', [
    'O-1',
    paymentSessionId,
  ]);
  const data = { ...ids(paymentSessionId), amount: baht, paidAt: at.toISOString() };
  if (first.length > 0)
    await outbox.say(tx, orders, {
      type: 'OrderPaid',
      identity: 'O-1',
      causedBy,
      at,
      data: { ...data, description: '' },
    });
  else
    await outbox.say(tx, orders, {
      type: 'OrderNeedsAttention',
      identity: paymentSessionId,
      causedBy,
      at,
      data: { ...ids(paymentSessionId), kind: 'second-success', evidence: { received: '160 THB' } },
    });
}

const baht = { value: '160', currency: 'THB' };
const ids = (paymentSessionId: string) => ({ orderId: 'O-1', paymentSessionId, paymentId: `pay ${paymentSessionId}` });

let offset = 0;
function message(subscription: AnySubscription, type: string, data: object, sentAt: Date): Message {
  offset += 1;
  const id = `00000000-0000-8000-8000-${String(offset).padStart(12, '0')}`;
  const envelope = { id, source: subscription.topic.producer, subject: 'O-1', time: at.toISOString() };
  const record: KeptRecord = {
    topic: subscription.topic.name,
    partition: 0,
    message_offset: String(offset),
    sent_at: sentAt,
    key: Buffer.from('O-1'),
    headers: { ...writeHeaders(subscription.topic.name, type, envelope), ce_sequence: String(offset) },
    body: Buffer.from(JSON.stringify(data)),
  };
  return { record, subscription, reading: readEvent(subscription.topic, recordOf(record)) };
}

const facts = { amount: baht, description: 'Cappuccino', expiresAt: '2030-01-01T00:00:00.000Z' };
const started = (id: string, sentAt = at): Message =>
  message(
    onAttempt,
    'PaymentSessionCreated',
    {
      orderId: 'O-1',
      paymentSessionId: id,
      paymentRequestId: id,
      order: facts,
      amount: baht,
      bankChoice: { region: 'TH' },
      endsAt: '2030-01-03T00:00:00.000Z',
      encryptedSessionData: 'sealed',
      sessionExpiresAt: '2030-01-01T00:00:00.000Z',
    },
    sentAt,
  );
const succeeded = (id: string, sentAt = at): Message =>
  message(
    onSuccess,
    'PaymentSucceeded',
    { ...ids(id), paymentRequestId: id, order: facts, amount: baht, paidAt: at.toISOString() },
    sentAt,
  );

const ownRecord = (row: SaidRow): KeptRecord => ({
  topic: row.topic,
  partition: 0,
  message_offset: '0',
  sent_at: at,
  key: Buffer.from(row.key),
  headers: row.headers,
  body: Buffer.from(row.body),
});

describe('the story of an order, told again', () => {
  let database: LabDatabase;
  beforeAll(async () => {
    database = await freshDatabase(tables);
  });
  afterAll(() => database.drop());

  class Undo extends Error {}
  /** What the work finds in tables of its own, which are empty again afterwards. */
  async function inEmptyTables<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let result: T | undefined;
    await database
      .transaction(async (tx) => {
        result = await work(tx);
        throw new Undo();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undo)) throw error;
      });
    return result as T;
  }

  const asItWas = (messages: readonly Message[]) =>
    inEmptyTables(async (tx) => {
      const said: SaidRow[] = [];
      for (const each of messages) {
        await applyMessage(tx, 'order', each, at);
        said.push(...(await takeSaid(tx)));
      }
      return { own: said.map(ownRecord), paid: await tx.query('select * from paid') };
    });

  const again = (messages: readonly Message[], own: readonly KeptRecord[], readBack: ReadBack = {}) =>
    inEmptyTables(async (tx) => {
      const topics = [onAttempt, onSuccess].map((subscription) =>
        messages.filter((each) => each.subscription === subscription),
      );
      const canReadBack = (type: string) => Object.hasOwn(readBack, type);
      const tally = new Tally();
      const story = new Story({ topics, own: ownEvents([orders], own), canReadBack });
      await retell(tx, story, { consumer: 'order', readBack, setClock: () => undefined, tally });
      return {
        tally,
        paid: await tx.query('select * from paid'),
        counters: await tx.query('select * from event_sequences'),
      };
    });

  it('follows the order in which the service met its topics, whatever the times on the messages say', async () => {
    const late = new Date(at.getTime() + 60_000);
    const messages = [succeeded('a', late), started('b', late), succeeded('b', late), started('a', at)];
    const then = await asItWas(messages);
    expect(then.paid).toEqual([{ order_id: 'O-1', payment_session_id: 'b' }]);
    const now = await again(messages, then.own);
    expect(now.tally.differences).toEqual([]);
    expect(now.tally.outgoing).toMatchObject({ equal: 2, missing: 0, unsaid: 0, different: 0 });
    expect(now.paid).toEqual(then.paid);
  });

  it('says nothing new, however the topics were interleaved', async () => {
    const names = ['a', 'b', 'c'];
    const seconds = fc.integer({ min: 0, max: 9 });
    const turns = fc.record({
      attempts: fc.shuffledSubarray(names, { minLength: 3 }),
      successes: fc.shuffledSubarray(names, { minLength: 2 }),
      picks: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      sent: fc.array(seconds, { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(turns, async ({ attempts, successes, picks, sent }) => {
        const when = (n: number) => new Date(at.getTime() + sent[n]! * 1_000);
        const lines = [
          attempts.map((id, n) => started(id, when(n))),
          successes.map((id, n) => succeeded(id, when(3 + n))),
        ] as const;
        const messages: Message[] = [];
        for (const pick of picks) {
          const next = lines[pick ? 0 : 1].shift() ?? lines[pick ? 1 : 0].shift();
          if (next !== undefined) messages.push(next);
        }
        const then = await asItWas(messages);
        const now = await again(messages, then.own);
        expect(now.tally.differences).toEqual([]);
        expect(now.paid).toEqual(then.paid);
        expect(now.tally.outgoing.equal).toBe(then.own.length);
      }),
      { numRuns: 40 },
    );
  });

  it('tells what is said otherwise, what is missing, and what is not said again', async () => {
    const messages = [started('a'), succeeded('a'), started('b'), succeeded('b')];
    const { own } = await asItWas(messages);
    const [paid, attention] = own as [KeptRecord, KeptRecord];
    const other = { ...paid, body: Buffer.from(paid.body!.toString().replace('"160"', '"161"')) };
    expect((await again(messages, [other, attention])).tally.differences).toMatchObject([
      { kind: 'different', type: 'OrderPaid', fields: ['body'] },
    ]);
    expect((await again(messages, [paid])).tally.differences).toMatchObject([
      { kind: 'missing', type: 'OrderNeedsAttention', topic: 'orders.v1', key: 'O-1' },
    ]);
    expect((await again(messages.slice(0, 2), own)).tally.differences).toMatchObject([
      { kind: 'unsaid', type: 'OrderNeedsAttention' },
    ]);
  });

  it('reads back what no message made the service say, in its turn, and counts on from there', async () => {
    const messages = [started('a'), succeeded('a')];
    const { own } = await asItWas(messages);
    const [paid] = own as [KeptRecord];
    const resolved = ownRecord({
      event_id: '00000000-0000-8000-8000-00000000ffff',
      topic: orders.name,
      key: 'O-1',
      headers: {
        ...writeHeaders(orders.name, 'OrderAttentionResolved', {
          id: '00000000-0000-8000-8000-00000000ffff',
          source: 'order',
          subject: 'O-1',
          time: at.toISOString(),
        }),
        ce_sequence: '2',
      },
      body: JSON.stringify({
        orderId: 'O-1',
        caseId: 'second-success/b/pay b',
        kind: 'second-success',
        resolution: 'refunded-offline',
        reason: 'the shop did',
        by: 'Mika',
        resolvedAt: at.toISOString(),
      }),
    });
    const decided: string[] = [];
    const readBack: ReadBack = {
      OrderAttentionResolved: async (event: { data: { by: string } }, { tx }) => {
        const rows = await tx.query('select * from paid');
        decided.push(`${event.data.by}, ${rows.length} paid`);
      },
    };
    const { tally, counters } = await again(messages, [paid, resolved], readBack);
    expect(tally.outgoing).toEqual({ equal: 1, readBack: 1, different: 0, missing: 0, unsaid: 0 });
    expect(decided).toEqual(['Mika, 1 paid']);
    expect(counters).toEqual([{ key: 'O-1', last: '2' }]);
    expect((await again(messages, [paid, resolved])).tally.outgoing).toMatchObject({ equal: 1, unsaid: 1 });
  });
});
