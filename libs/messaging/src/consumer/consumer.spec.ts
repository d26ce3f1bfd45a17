import { payments, type PaymentEvent } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import kafkajs from 'kafkajs';
import { type Broker, type TopicPartition } from '../broker.js';
import { type Tx } from '../database.js';
import { kafkajsBroker } from '../kafkajs/broker.js';
import {
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  ordersOfPartition,
  paymentSucceeded,
  rawPaymentSucceeded,
  sendRaw,
  testBrokers,
  until,
  withAdmin,
} from '../lab.specs.js';
import { Unprocessable } from '../unprocessable.js';
import { deferred, type Deferred } from '../waiting.js';
import { Applying } from './applying.js';
import { type Consumer, EventsConsumer } from './consumer.js';
import { type AnySubscription, type EventContext, type WhenPoisoned } from './subscription.js';

describe('a consumer', () => {
  let database: LabDatabase;
  let prefix: string;
  let log: ReturnType<typeof memoryLog>;
  let broker: Broker;
  const consumers: Consumer[] = [];
  const fatal: Error[] = [];
  /** What happens to an order's event before its effect is written. */
  let trouble: Map<string, (tx: Tx) => Promise<void> | void>;
  let handled: string[];
  let transactions: number;

  beforeEach(async () => {
    [trouble, handled, log, transactions] = [new Map(), [], memoryLog(), 0];
    [database, prefix] = await Promise.all([
      freshDatabase(
        'create table effects (position bigint generated always as identity, order_id text not null, sequence int)',
      ),
      freshTopics([payments]),
    ]);
    broker = kafkajsBroker({ brokers: testBrokers(), clientId: 'order', topicPrefix: prefix, log });
  });
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    await broker.close();
    await database.drop();
    expect(fatal.splice(0)).toEqual([]);
  });

  const handle = async (event: PaymentEvent, { tx }: EventContext): Promise<void> => {
    const { orderId } = event.data;
    handled.push(orderId);
    await trouble.get(orderId)?.(tx);
    await tx.query('insert into effects (order_id, sequence) values ($1, $2)', [orderId, event.sequence]);
  };
  const group = () => `${prefix}order`;
  const opened: { pause(place: TopicPartition): void }[] = [];
  const start = async ({
    stuckMs = 30_000,
    concurrency = 6,
    whenPoisoned = 'wait' as WhenPoisoned,
    handles = undefined as readonly string[] | undefined,
  } = {}): Promise<Consumer> => {
    const subscriptions = [{ topic: payments, whenPoisoned, handles, handle } as AnySubscription];
    const transaction: LabDatabase['transaction'] = (work) => {
      transactions += 1;
      return database.transaction(work);
    };
    const consumer = new EventsConsumer({
      open() {
        const source = broker.consumer(group(), [payments.name]);
        opened.push(source);
        return source;
      },
      lag: () => broker.lag(group(), [payments.name]),
      applying: new Applying({ consumer: 'order', subscriptions, transaction, log, clock: systemClock, concurrency }),
      log,
      onFatal: (error) => fatal.push(error),
      stuckMs,
    });
    consumers.push(consumer);
    await consumer.start();
    return consumer;
  };
  const send = (...messages: kafkajs.Message[]) => sendRaw(prefix + payments.name, messages);
  const effects = async () =>
    (await database.query<{ order_id: string }>('select order_id from effects order by position')).map(
      (row) => row.order_id,
    );
  const untilApplied = (...orders: string[]) =>
    until(`${orders.join(', ')} applied`, effects, (seen) => orders.every((order) => seen.includes(order)));
  /** What the database shows may be counted a moment later. */
  const expectCounts = async (consumer: Consumer, counts: Partial<ReturnType<Consumer['stats']>>) => {
    await until(
      'all is counted',
      () => consumer.stats(),
      ({ applied }) => applied >= (counts.applied ?? 0),
    );
    expect(consumer.stats()).toMatchObject(counts);
  };
  const letters = () =>
    database.query<{ reason: string; attempts: number }>(
      'select reason, attempts from dead_letters order by message_offset',
    );
  const committed = async () => {
    const lags = await broker.lag(group(), [payments.name]);
    return lags.every((lag) => lag.committed === lag.end);
  };
  const untilCommitted = () => until('everything is committed', committed, (all) => all);
  const same = ordersOfPartition(0, 3);
  const other = ordersOfPartition(1, 2);
  const [head, next] = [same[0]!, same[1]!];

  it('passes over a type that it does not handle by its header: no parsing, receipt, transaction or log line', async () => {
    const consumer = await start({ handles: ['PaymentSucceeded'] });
    const [order] = same as [string];
    const unhandled = { ce_type: 'PaymentFailed' };
    await send(
      rawPaymentSucceeded(order, { headers: unhandled, body: 'no JSON', sequence: 1 }),
      rawPaymentSucceeded(order, { headers: unhandled, body: null, sequence: 2 }),
    );
    await untilCommitted();
    expect([transactions, handled]).toEqual([0, []]);
    expect(await database.query('select 1 from inbox')).toEqual([]);
    expect(log.lines.filter(({ fields }) => 'type' in fields)).toEqual([]);
    await send(rawPaymentSucceeded(order, { sequence: 3 }));
    await untilApplied(order);
    await expectCounts(consumer, { applied: 1, deadLetters: 0, unknownTypes: 0, sequenceGaps: 0, sequenceRepeats: 0 });
  });

  it('applies the same message once, however often it comes', async () => {
    const consumer = await start();
    const news = rawPaymentSucceeded('order-1');
    await send(news, news, news);
    await send(news, news, rawPaymentSucceeded('order-1', { headers: { ce_id: crypto.randomUUID() }, sequence: 2 }));
    await until('both events are applied', effects, (seen) => seen.length >= 2);
    await untilCommitted();
    expect(await effects()).toEqual(['order-1', 'order-1']);
    expect(consumer.stats()).toMatchObject({ applied: 2, repeated: 4, sequenceRepeats: 4, sequenceGaps: 0 });
  });

  it('goes on behind what it has committed when it starts again', async () => {
    const first = await start();
    await send(rawPaymentSucceeded('order-1'), rawPaymentSucceeded('order-2'));
    await untilApplied('order-1', 'order-2');
    await first.stop();
    const second = await start();
    await send(rawPaymentSucceeded('order-3'));
    await untilApplied('order-3');
    await expectCounts(second, { applied: 1, repeated: 0 });
  });

  it('commits no offset before the database has committed', async () => {
    const [begun, hold] = [deferred(), deferred()];
    trouble.set('order-1', () => (begun.resolve(), hold.promise));
    await start();
    await send(rawPaymentSucceeded('order-1'));
    await begun.promise;
    await send(rawPaymentSucceeded('order-2'));
    await untilApplied('order-2');
    // By then offsets have been committed after both were taken.
    await until(
      'the other partition is committed',
      () => broker.lag(group(), [payments.name]),
      (lags) => lags.some((lag) => lag.end > 0n && lag.committed === lag.end),
    );
    expect(await committed()).toBe(false);
    hold.resolve();
    await untilCommitted();
    expect(await effects()).toEqual(['order-2', 'order-1']);
  });

  it('keeps every message that nobody can read with its reason, and takes the next', async () => {
    const consumer = await start({ whenPoisoned: 'pass' });
    const unreadable = [
      rawPaymentSucceeded(head, { body: 'hello' }),
      rawPaymentSucceeded(head, { body: null }),
      rawPaymentSucceeded(head, { headers: { ce_source: 'order' } }),
      rawPaymentSucceeded(head, { headers: { ce_id: '1' } }),
    ];
    await send(...unreadable, rawPaymentSucceeded(head));
    await untilApplied(head);
    expect(await letters()).toEqual([
      { reason: 'the body is no JSON', attempts: 1 },
      { reason: 'there is no body', attempts: 1 },
      { reason: 'ce_source order is not notification, who alone says payments.v1', attempts: 1 },
      { reason: 'ce_id is no UUID', attempts: 1 },
    ]);
    await expectCounts(consumer, { applied: 1, deadLetters: 4 });
  });

  it('keeps an unreadable message byte for byte, with its place', async () => {
    await start();
    const body = Buffer.from([0x7b, 0x00, 0xff]);
    await send(rawPaymentSucceeded('order-1', { body, headers: { odd: Buffer.from([0x00]) } }));
    const [letter] = await until(
      'it is kept',
      () => database.query('select * from dead_letters'),
      (rows) => rows.length > 0,
    );
    expect(letter).toMatchObject({
      consumer: 'order',
      topic: 'payments.v1',
      message_offset: '0',
      key: Buffer.from('order-1'),
      body,
      headers: { ce_source: 'notification', odd: { base64: 'AA==' } },
    });
  });

  it('keeps what its handler refuses with the first try, and no trace of the work', async () => {
    trouble.set(head, async (tx) => {
      await tx.query(`insert into effects (order_id) values ('half')`);
      throw new Unprocessable('this order never was\0');
    });
    await start();
    await send(rawPaymentSucceeded(head), rawPaymentSucceeded(next));
    await untilApplied(next);
    expect(await letters()).toEqual([{ reason: 'Unprocessable: this order never was\u2400', attempts: 1 }]);
    expect(await effects()).toEqual([next]);
  });

  it('takes an error that no rule explains for a bug at the fifth try, and goes on', async () => {
    trouble.set(head, () => {
      throw new TypeError('undefined is not a function');
    });
    await start();
    await send(rawPaymentSucceeded(head), rawPaymentSucceeded(next));
    await untilApplied(next);
    expect(await letters()).toEqual([{ reason: 'TypeError: undefined is not a function', attempts: 5 }]);
    expect(handled.filter((order) => order === head).length).toBeGreaterThanOrEqual(5);
  });

  it('tries what is transient for as long as it takes, in order', async () => {
    let tries = 0;
    trouble.set(head, () => {
      tries += 1;
      if (tries < 6) throw Object.assign(new Error('could not obtain lock'), { code: '55P03' });
    });
    await start();
    await send(rawPaymentSucceeded(head), rawPaymentSucceeded(next));
    await until('the next is applied', effects, (seen) => seen.includes(next));
    expect((await effects()).sort()).toEqual([head, next].sort());
    expect(await letters()).toEqual([]);
  });

  it('loses nothing and doubles nothing when the database cuts its connections again and again', async () => {
    const orders = Array.from({ length: 60 }, (_, index) => `order-${index}`);
    let cuts = 0;
    for (const order of orders.filter((_, index) => index % 15 === 7))
      trouble.set(order, async () => {
        trouble.delete(order);
        cuts += 1;
        await database.cutConnections();
      });
    await start();
    await send(...orders.map((order) => rawPaymentSucceeded(order)));
    await until(
      'all are applied',
      () => effects().catch(() => []),
      (seen) => seen.length >= orders.length,
    );
    expect((await effects()).sort()).toEqual([...orders].sort());
    expect(await letters()).toEqual([]);
    expect(cuts).toBe(4);
  });

  it('lets no partition wait for the slow message of another', async () => {
    const hold = deferred();
    trouble.set(head, () => hold.promise);
    await start();
    await send(...[...same, ...other].map((order) => rawPaymentSucceeded(order)));
    await untilApplied(...other);
    expect(await effects()).toHaveLength(other.length);
    await send(...other.map((order) => rawPaymentSucceeded(order, { headers: { ce_id: crypto.randomUUID() } })));
    await until('the others go on', effects, (seen) => seen.length === 2 * other.length);
    hold.resolve();
    await untilApplied(...same);
    expect((await effects()).filter((order) => same.includes(order))).toEqual(same);
  });

  it('passes over events of a type it does not know, and counts them', async () => {
    const consumer = await start();
    await send(
      rawPaymentSucceeded('order-1', { headers: { ce_type: 'PaymentDreamt' }, sequence: 1 }),
      rawPaymentSucceeded('order-1', { sequence: 2 }),
      rawPaymentSucceeded('order-1', { headers: { ce_id: crypto.randomUUID() }, sequence: 4 }),
    );
    await until('both are applied', effects, (seen) => seen.length === 2);
    await expectCounts(consumer, { applied: 2, unknownTypes: 1, deadLetters: 0, sequenceGaps: 1 });
  });

  it('drops fields that it does not know, at every depth, counts them and tells of each once', async () => {
    const { data } = paymentSucceeded('order-1');
    const body = JSON.stringify({ ...data, mood: 'glad', amount: { ...data.amount } });
    const consumer = await start();
    await send(
      rawPaymentSucceeded('order-1', { body, sequence: 1 }),
      rawPaymentSucceeded('order-1', { body, headers: { ce_id: crypto.randomUUID() }, sequence: 2 }),
    );
    await until('both are applied', effects, (seen) => seen.length === 2);
    await expectCounts(consumer, { applied: 2, unknownFields: 2, deadLetters: 0 });
    const told = log.lines.filter(({ message }) => /a field that is unknown here/.test(message));
    expect(told.map(({ fields }) => fields)).toEqual([
      { topic: 'payments.v1', type: 'PaymentSucceeded', field: 'mood' },
    ]);
  });

  it('shares the partitions with a second instance and gets them back, with every effect once and in order', async () => {
    const round = (number: number) =>
      Array.from({ length: 100 }, (_, index) =>
        rawPaymentSucceeded(`order-${index % 10}`, {
          headers: { ce_id: crypto.randomUUID() },
          sequence: number * 10 + Math.floor(index / 10) + 1,
        }),
      );
    const first = await start();
    await send(...round(0));
    const second = await start();
    await send(...round(1));
    const shares = () => [first, second].map((one) => one.stats().partitions.length);
    await until('both have partitions', shares, (counts) => !counts.includes(0));
    await send(...round(2));
    await second.stop();
    await send(...round(3));
    await until('all are applied', effects, (seen) => seen.length >= 400);
    await untilCommitted();
    const counted = await database.query<{ counts: number[] }>(
      'select array_agg(sequence order by position) as counts from effects group by order_id',
    );
    const inOrder = Array.from({ length: 40 }, (_, index) => index + 1);
    expect(counted.map(({ counts }) => counts)).toEqual(Array.from({ length: 10 }, () => inOrder));
  });

  it('finishes what is in hand when it stops, commits it and takes nothing more', async () => {
    const [begun, hold]: [Deferred, Deferred] = [deferred(), deferred()];
    trouble.set(head, () => (begun.resolve(), hold.promise));
    const first = await start();
    await send(rawPaymentSucceeded(head));
    await begun.promise;
    await send(rawPaymentSucceeded(next));
    await until(
      'the next one waits',
      () => first.stats().partitions.map(({ queued }) => queued),
      (queued) => queued.includes(1),
    );
    const stopped = first.stop();
    hold.resolve();
    await stopped;
    expect(await effects()).toEqual([head]);
    const second = await start();
    await untilApplied(next);
    await expectCounts(second, { applied: 1, repeated: 0 });
  });

  it('leaves no member behind when it is stopped in the very moment it joins', async () => {
    const source = broker.consumer(group(), [payments.name]);
    const stopped = deferred();
    await source.start({
      onAssigned: () => void source.stop().then(stopped.resolve, stopped.reject),
      onRecords: () => undefined,
      onFatal: (error) => fatal.push(error),
    });
    await stopped.promise;
    const groups = await withAdmin((admin) => admin.describeGroups([group()]));
    expect(groups.groups[0]?.members).toEqual([]);
  });

  it('can be stopped before it has reached its broker', async () => {
    const nobody = kafkajsBroker({ brokers: ['127.0.0.1:1'], clientId: 'order', topicPrefix: prefix, log });
    const source = nobody.consumer(group(), [payments.name]);
    const started = source.start({ onAssigned: () => undefined, onRecords: () => undefined, onFatal: () => undefined });
    await until(
      'it tried',
      () => log.lines,
      (lines) => lines.some(({ message }) => /cannot reach its topics/.test(message)),
    );
    await source.stop();
    await started;
    await nobody.close();
  });

  it('is not ready while messages wait and nobody fetches them, and joins anew by itself', async () => {
    // More than the half second within which offsets are committed.
    const consumer = await start({ stuckMs: 1_500 });
    await send(rawPaymentSucceeded('order-1'));
    await untilApplied('order-1');
    for (const partition of [0, 1, 2]) opened.at(-1)?.pause({ topic: payments.name, partition });
    await send(rawPaymentSucceeded('order-2'));
    await until(
      'it says why it is not ready',
      () => consumer.health(),
      ({ reason }) => /no progress on payments.v1/.test(reason ?? ''),
    );
    await untilApplied('order-2');
    await until(
      'it is ready again',
      () => consumer.health(),
      ({ ok }) => ok,
    );
    expect(consumer.stats().restarts).toBeGreaterThan(0);
  });

  it('reads what others have compressed by zstd', async () => {
    await start();
    await sendRaw(prefix + payments.name, [rawPaymentSucceeded('order-1')], kafkajs.CompressionTypes.ZSTD);
    await untilApplied('order-1');
  });

  it('dies for good of a codec that nobody here can read, and says what to do, because nothing else would', async () => {
    const { CompressionCodecs, CompressionTypes } = kafkajs;
    const ours = CompressionCodecs[CompressionTypes.Snappy];
    CompressionCodecs[CompressionTypes.Snappy] = () => ({ compress: snappy });
    await sendRaw(prefix + payments.name, [rawPaymentSucceeded('order-1')], CompressionTypes.Snappy);
    CompressionCodecs[CompressionTypes.Snappy] = ours;
    const consumer = await start();
    const [error] = await until(
      'it is dead',
      () => [...fatal],
      (errors) => errors.length === 1,
    );
    fatal.length = 0;
    const why =
      'a topic holds records compressed by Snappy, which we cannot read: let their producer use gzip, zstd or nothing, and write again what it wrote';
    expect(error?.message).toBe(why);
    expect(consumer.health()).toEqual({ ok: false, reason: `the consumer is dead: ${why}` });
  });

  it('names a topic that does not exist instead of waiting for it', async () => {
    const consumer = broker.consumer(group(), ['nowhere.v1']);
    const starting = consumer.start({
      onAssigned: () => undefined,
      onRecords: () => undefined,
      onFatal: () => undefined,
    });
    await expect(starting).rejects.toThrow(`a topic is missing on the broker, one of ${prefix}nowhere.v1`);
    await consumer.stop();
  });
});

/** As Kafka's own producer frames it, with one literal and nothing saved. */
function snappy({ buffer }: { buffer: Buffer }): Promise<Buffer> {
  const size = buffer.length;
  const block = Buffer.concat([
    Buffer.from([(size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14]),
    Buffer.from([61 << 2, (size - 1) & 0xff, (size - 1) >> 8]),
    buffer,
  ]);
  const header = Buffer.from('82534e4150505900 00000001 00000001 00000000'.replaceAll(' ', ''), 'hex');
  header.writeUInt32BE(block.length, 16);
  return Promise.resolve(Buffer.concat([header, block]));
}
