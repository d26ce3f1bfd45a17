import { type Tx } from '@kasir/messaging';
import { type Coffees } from '../application/prepare-coffee.js';

export class CoffeeRepository implements Coffees {
  constructor(private readonly tx: Tx) {}

  async prepare(orderId: string, description: string, paidAt: Date): Promise<boolean> {
    const prepared = await this.tx.query(
      'insert into coffees (order_id, description, paid_at) values ($1, $2, $3) on conflict do nothing returning order_id',
      [orderId, description, paidAt],
    );
    return prepared.length > 0;
  }

  async stop(orderId: string, refundRequestId: string): Promise<void> {
    await this.tx.query('update coffees set stopped_by = $2 where order_id = $1 and stopped_by is null', [
      orderId,
      refundRequestId,
    ]);
  }

  async close(orderId: string, cause: string): Promise<void> {
    await this.tx.query('insert into closed_orders (order_id, cause) values ($1, $2) on conflict do nothing', [
      orderId,
      cause,
    ]);
  }
}
