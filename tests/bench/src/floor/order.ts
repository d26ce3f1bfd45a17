import { consume, type Message, ready, startHop } from './service.js';

/** The first payment of an order makes its row. */
const pay = await startHop<Message>({
  tables: `create table if not exists orders (id text primary key, status text not null, payment jsonb not null)`,
  write: `insert into orders (id, status, payment) select id, 'paid', value::jsonb from items on conflict do nothing returning id`,
  ...{ topic: 'orders.v1', type: 'OrderPaid' },
});

await consume<{ readonly orderId: string }>('order', 'payments.v1', (payment) =>
  pay({ id: payment.orderId, key: payment.orderId, value: JSON.stringify(payment) }),
);
await ready();
