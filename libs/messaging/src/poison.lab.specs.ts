import { payments, type PaymentEvent } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import { type IncomingRecord } from './broker.js';
import { Applying } from './consumer/applying.js';
import { type AnySubscription, type EventContext, type WhenPoisoned } from './consumer/subscription.js';
import { type LabDatabase, memoryLog, rawPaymentSucceeded } from './lab.specs.js';
import { DeadLetterDesk } from './operator/desk.js';

export const effectsTable =
  'create table effects (position bigint generated always as identity, order_id text not null, sequence int not null)';

/** The same messages of one partition, straight from memory, over a real database. */
export function labOfOnePartition(database: LabDatabase, whenPoisoned: WhenPoisoned = 'wait') {
  const log = memoryLog();
  /** What happens before an order's event takes effect. */
  const trouble = new Map<string, (event: PaymentEvent, context: EventContext) => unknown>();
  const handled: string[] = [];
  let transactions = 0;
  const subscription = {
    topic: payments,
    whenPoisoned,
    async handle(event: PaymentEvent, context: EventContext) {
      const { orderId } = event.data;
      handled.push(`${orderId}#${event.sequence}`);
      await trouble.get(orderId)?.(event, context);
      await context.tx.query('insert into effects (order_id, sequence) values ($1, $2)', [orderId, event.sequence]);
    },
  } as AnySubscription;
  const transaction: typeof database.transaction = (work) => {
    transactions += 1;
    return database.transaction(work);
  };
  const common = { consumer: 'order', transaction, log, clock: systemClock };
  const applying = new Applying({ ...common, subscriptions: [subscription], concurrency: 2 });
  const desk = new DeadLetterDesk({ ...common, subscriptionOf: () => subscription });
  return {
    applying,
    desk,
    log,
    trouble,
    handled,
    transactions: () => transactions,
    apply: (...records: readonly IncomingRecord[]) => applying.apply(records, new AbortController().signal),
    effects: async () =>
      (
        await database.query<{ said: string }>(
          `select order_id || '#' || sequence as said from effects order by position`,
        )
      ).map(({ said }) => said),
    waiting: async () =>
      (
        await database.query<{ said: string }>(
          `select convert_from(key, 'UTF8') || '#' || (headers ->> 'ce_sequence') as said from waiting_messages order by id`,
        )
      ).map(({ said }) => said),
  };
}

let offsets = 0;

/** News of an order as its `sequence`th, at the next offset; the same order and sequence are the same event. */
export function news(
  orderId: string,
  sequence = 1,
  spoil: Parameters<typeof rawPaymentSucceeded>[1] = {},
): IncomingRecord {
  const id = `00000000-0000-8000-8000-${Buffer.from(`${orderId}#${sequence}`).toString('hex').padStart(12, '0').slice(-12)}`;
  const { headers, ...rest } = spoil;
  const {
    key,
    value,
    headers: written,
  } = rawPaymentSucceeded(orderId, {
    ...rest,
    sequence,
    headers: { ce_id: id, ...headers },
  });
  offsets += 1;
  return {
    topic: payments.name,
    partition: 0,
    offset: String(offsets),
    timestamp: '1790000000000',
    key: key === null || key === undefined ? null : Buffer.from(key),
    headers: Object.fromEntries(
      Object.entries(written ?? {}).map(([name, text]) => [name, Buffer.from(text as string)]),
    ),
    value: value === null ? null : Buffer.from(value),
  };
}
