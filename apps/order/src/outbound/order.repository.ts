import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { type Order, type OrderStatus, type Seal } from '../domain/order.js';

interface OrderRow {
  id: string;
  status: OrderStatus;
  facts: Order['facts'];
  paid_payment_session_id: string | null;
  paid_payment_id: string | null;
  seal_cause: Seal['cause'] | null;
  sealed_at: Date | null;
  closing_due_at: Date | null;
}

export class OrderRepository implements Orders {
  constructor(private readonly tx: Tx) {}

  async lock(orderId: string): Promise<Order> {
    await this.tx.query(`insert into orders (id, status) values ($1, 'open') on conflict do nothing`, [orderId]);
    const [row] = await this.tx.query<OrderRow>('select * from orders where id = $1 for update', [orderId]);
    if (row === undefined) throw new Error(`order ${orderId} vanished between two statements`);
    return toOrder(row);
  }

  async save({ id, status, facts, paidBy, seal, closingDueAt }: Order): Promise<void> {
    await this.tx.query(
      `update orders
       set status = $2, facts = $3, paid_payment_session_id = $4, paid_payment_id = $5, seal_cause = $6, sealed_at = $7,
         closing_due_at = $8
       where id = $1`,
      [
        ...[id, status, facts && JSON.stringify(facts), paidBy?.paymentSessionId ?? null, paidBy?.paymentId ?? null],
        ...[seal?.cause ?? null, seal?.sealedAt ?? null, closingDueAt],
      ],
    );
  }

  async knows(orderId: string): Promise<boolean> {
    return (await this.tx.query('select from orders where id = $1', [orderId])).length > 0;
  }

  async overdue(now: Date, limit: number): Promise<Order[]> {
    const rows = await this.tx.query<OrderRow>(
      `select * from orders where status = 'closing' and closing_due_at <= $1
       order by closing_due_at limit $2 for update skip locked`,
      [now, limit],
    );
    return rows.map(toOrder);
  }
}

/** When the next order is closing for too long. */
export const nextOverdue = (committed: Tx) => async (): Promise<{ closings: Date | null }> =>
  (
    await committed.query<{ closings: Date | null }>(
      `select min(closing_due_at) as closings from orders where status = 'closing'`,
    )
  )[0]!;

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  status: row.status,
  facts: row.facts,
  paidBy:
    row.paid_payment_session_id === null || row.paid_payment_id === null
      ? null
      : { paymentSessionId: row.paid_payment_session_id, paymentId: row.paid_payment_id },
  seal:
    row.seal_cause === null || row.sealed_at === null
      ? null
      : { cause: row.seal_cause, sealedAt: row.sealed_at.toISOString() },
  closingDueAt: row.closing_due_at?.toISOString() ?? null,
});
