import { randomBytes } from 'node:crypto';
import { payments } from '@kasir/contracts';
import type kafkajs from 'kafkajs';
import {
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  paymentSucceeded,
  rawPaymentSucceeded,
  sendRaw,
  testBrokers,
  until,
} from '../lab.specs.js';
import { createMessaging, type Messaging } from '../messaging.js';

const successorsWithinMs = 20_000;
const spoil = (data: object, with_: object = {}) => JSON.stringify({ ...data, ...with_ });

/** What a broken or hostile program may put on a topic, and the reason that is kept with it. */
const poison: [kind: string, make: (orderId: string) => kafkajs.Message, reason: string][] = [
  ['what is no JSON', (order) => rawPaymentSucceeded(order, { body: '<payment/>' }), 'the body is no JSON'],
  [
    'an unknown version',
    (order) => rawPaymentSucceeded(order, { headers: { ce_dataschema: 'urn:kasir:payments.v2:PaymentSucceeded' } }),
    'ce_dataschema urn:kasir:payments.v2:PaymentSucceeded is not of payments.v1',
  ],
  ['no key', (order) => rawPaymentSucceeded(order, { key: null }), 'key undefined is not the orderId of the data'],
  ['a megabyte', (order) => rawPaymentSucceeded(order, { body: '1'.repeat(1_000_000) }), 'data is no PaymentSucceeded'],
  [
    'deep nesting',
    (order) => rawPaymentSucceeded(order, { body: '['.repeat(100_000) + ']'.repeat(100_000) }),
    'data is no PaymentSucceeded',
  ],
  [
    '__proto__ instead of fields of its own',
    (order) => rawPaymentSucceeded(order, { body: `{"__proto__":${spoil(paymentSucceeded(order).data)}}` }),
    'data is no PaymentSucceeded',
  ],
  [
    'bytes that are no UTF-8',
    (order) => rawPaymentSucceeded(order, { body: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
    'the body is no UTF-8',
  ],
  [
    'a key that no index takes',
    (order) => rawPaymentSucceeded(order, { key: randomBytes(5_000).toString('base64') }),
    'is not the orderId of the data',
  ],
  [
    'a time before every calendar',
    (order) => ({ ...rawPaymentSucceeded(order, { body: 'hello' }), timestamp: '-9000000000000000' }),
    'the body is no JSON',
  ],
  [
    'a number where digits belong',
    (order) =>
      rawPaymentSucceeded(order, {
        body: spoil(paymentSucceeded(order).data, { amount: { value: 160, currency: 'THB' } }),
      }),
    'data is no PaymentSucceeded: amount.value',
  ],
];

describe('poison on a topic', () => {
  let database: LabDatabase;
  let messaging: Messaging;
  let prefix: string;
  beforeAll(async () => {
    [database, prefix] = await Promise.all([
      freshDatabase('create table effects (order_id text not null)'),
      freshTopics([payments], 1),
    ]);
    messaging = createMessaging({
      service: 'order',
      database,
      brokers: { brokers: testBrokers() },
      topicPrefix: prefix,
      log: memoryLog(),
      onFatal: (error) => {
        throw error;
      },
    });
    const consumer = messaging.consumer([
      {
        topic: payments,
        handle: async ({ data }, { tx }) => {
          await tx.query('insert into effects values ($1)', [data.orderId]);
        },
      },
    ]);
    await consumer.start();
  });
  afterAll(async () => {
    await messaging.stop();
    await database.drop();
  });

  it.each(poison)('%s becomes one dead letter, and what comes behind it takes effect soon', async (kind, make, why) => {
    const [bad, next] = [`bad-${kind}`, `next-${kind}`].map((name) => name.replace(/[^a-z-]/gi, '_')) as [
      string,
      string,
    ];
    const kept = () =>
      database.query<{ reason: string; attempts: number }>(
        'select reason, attempts from dead_letters order by id desc',
      );
    const before = await kept();
    const began = performance.now();
    await sendRaw(prefix + payments.name, [make(bad), rawPaymentSucceeded(next)]);
    await until(
      'the next one takes effect',
      () => database.query('select 1 from effects where order_id = $1', [next]),
      (rows) => rows.length > 0,
    );
    expect(performance.now() - began).toBeLessThan(successorsWithinMs);
    const letters = await kept();
    expect(letters[0]).toEqual({ reason: expect.stringContaining(why) as string, attempts: 1 });
    expect(letters).toHaveLength(before.length + 1);
    expect(({} as Record<string, unknown>)['orderId']).toBeUndefined();
  });

  it('takes effect nowhere', async () => {
    expect(await database.query(`select 1 from effects where order_id like 'bad%'`)).toEqual([]);
  });
});
