import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { type Order } from '../domain/order.js';

interface OrderRow {
  id: string;
  status: Order['status'];
  amount_value: string;
  amount_currency: string;
  description: string;
  paid_at: Date | null;
  paid_by: string | null;
}

export class OrderRepository implements Orders {
  constructor(private readonly tx: Tx) {}

  find(id: string): Promise<Order | undefined> {
    return this.one('select * from orders where id = $1', id);
  }

  lock(id: string): Promise<Order | undefined> {
    return this.one('select * from orders where id = $1 for update', id);
  }

  async save({ id, status, amount, description, paid }: Order): Promise<void> {
    await this.tx.query(
      `insert into orders (id, status, amount_value, amount_currency, description, paid_at, paid_by)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set status = $2, paid_at = $6, paid_by = $7`,
      [id, status, amount.value, amount.currency, description, paid?.at ?? null, paid?.by ?? null],
    );
  }

  private async one(sql: string, id: string): Promise<Order | undefined> {
    const [row] = await this.tx.query<OrderRow>(sql, [id]);
    return row === undefined ? undefined : toOrder(row);
  }
}

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  status: row.status,
  amount: { value: row.amount_value, currency: row.amount_currency },
  description: row.description,
  paid: row.paid_at === null || row.paid_by === null ? null : { at: row.paid_at, by: row.paid_by },
});
