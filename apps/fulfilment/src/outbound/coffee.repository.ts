import { type Tx } from '@kasir/messaging';
import { type Coffee, type Coffees } from '../application/prepare-coffee.js';

export class CoffeeRepository implements Coffees {
  constructor(private readonly tx: Tx) {}

  async prepare({ orderId, description, paidAt, paymentId }: Coffee): Promise<boolean> {
    const prepared = await this.tx.query(
      `insert into coffees as known (order_id, description, paid_at, payment_id) values ($1, $2, $3, $4)
       on conflict (order_id) do update
       set stopped_by = null, paid_at = excluded.paid_at, payment_id = excluded.payment_id
       where known.stopped_by is not null and known.payment_id <> excluded.payment_id
       returning order_id`,
      [orderId, description, paidAt, paymentId],
    );
    return prepared.length > 0;
  }

  async stop(orderId: string, refundId: string): Promise<void> {
    await this.tx.query('update coffees set stopped_by = $2 where order_id = $1 and stopped_by is null', [
      orderId,
      refundId,
    ]);
  }

  async close(orderId: string, cause: string): Promise<void> {
    await this.tx.query('insert into closed_orders (order_id, cause) values ($1, $2) on conflict do nothing', [
      orderId,
      cause,
    ]);
  }
}
