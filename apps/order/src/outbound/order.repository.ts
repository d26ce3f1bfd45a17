import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { type Order, type OrderStatus } from '../domain/order.js';

interface OrderRow {
  id: string;
  status: OrderStatus;
  facts: Order['facts'];
  paid_payment_session_id: string | null;
  paid_payment_id: string | null;
  seal: Order['seal'];
}

export class OrderRepository implements Orders {
  constructor(private readonly tx: Tx) {}

  async lock(orderId: string): Promise<Order> {
    await this.tx.query(`insert into orders (id, status) values ($1, 'open') on conflict do nothing`, [orderId]);
    const [row] = await this.tx.query<OrderRow>('select * from orders where id = $1 for update', [orderId]);
    if (row === undefined) throw new Error(`order ${orderId} vanished between two statements`);
    return toOrder(row);
  }

  async save({ id, status, facts, paidBy, seal }: Order): Promise<void> {
    await this.tx.query(
      `update orders
       set status = $2, facts = $3, paid_payment_session_id = $4, paid_payment_id = $5, seal = $6
       where id = $1`,
      [id, status, json(facts), paidBy?.paymentSessionId ?? null, paidBy?.paymentId ?? null, json(seal)],
    );
  }

  async knows(orderId: string): Promise<boolean> {
    return (await this.tx.query('select from orders where id = $1', [orderId])).length > 0;
  }
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  status: row.status,
  facts: row.facts,
  paidBy:
    row.paid_payment_session_id === null || row.paid_payment_id === null
      ? null
      : { paymentSessionId: row.paid_payment_session_id, paymentId: row.paid_payment_id },
  seal: row.seal,
});
