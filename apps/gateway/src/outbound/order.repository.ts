import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { expectedOrder, type Order, type OrderFacts, orderLife } from '../domain/order.js';

interface OrderRow {
  id: string;
  status: Order['status'];
  amount_value: string | null;
  amount_currency: string | null;
  description: string | null;
  paid_at: Date | null;
  paid_by: string | null;
  refunded_value: string | null;
  refunded_currency: string | null;
  close_requested_at: Date | null;
}

export class OrderRepository implements Orders {
  constructor(private readonly tx: Tx) {}

  find(id: string): Promise<Order | undefined> {
    return this.one('select * from orders where id = $1', id);
  }

  lock(id: string): Promise<Order | undefined> {
    return this.one('select * from orders where id = $1 for update', id);
  }

  async lockOrExpect(id: string): Promise<Order> {
    const known = await this.lock(id);
    if (known !== undefined) return known;
    await this.add(expectedOrder(id));
    const order = await this.lock(id);
    if (order === undefined) throw new Error(`order ${id} is gone, yet nobody deletes orders`);
    return order;
  }

  async add({ id, status, facts }: Order): Promise<void> {
    await this.tx.query(
      `insert into orders (id, status, amount_value, amount_currency, description)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [id, status, facts?.amount.value ?? null, facts?.amount.currency ?? null, facts?.description ?? null],
    );
  }

  async settleFacts(id: string, { amount, description }: OrderFacts): Promise<void> {
    const { from, to } = orderLife.open;
    await this.tx.query(
      `update orders
       set provisional = false, amount_value = $2, amount_currency = $3, description = $4,
         status = case when status = any($5) then $6 else status end
       where id = $1 and provisional`,
      [id, amount.value, amount.currency, description, from, to],
    );
  }

  async save({ id, status, facts, paid, refunded, closeRequestedAt }: Order): Promise<void> {
    await this.tx.query(
      `update orders
       set status = $2, amount_value = $3, amount_currency = $4, description = $5, paid_at = $6, paid_by = $7,
         refunded_value = $8, refunded_currency = $9, close_requested_at = $10
       where id = $1`,
      [
        ...[id, status, facts?.amount.value ?? null, facts?.amount.currency ?? null, facts?.description ?? null],
        ...[paid?.at ?? null, paid?.by ?? null, refunded?.value ?? null, refunded?.currency ?? null, closeRequestedAt],
      ],
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
  facts: factsOf(row),
  paid: row.paid_at === null || row.paid_by === null ? null : { at: row.paid_at, by: row.paid_by },
  refunded: moneyOf(row.refunded_value, row.refunded_currency),
  closeRequestedAt: row.close_requested_at,
});

function factsOf({ amount_value, amount_currency, description }: OrderRow): Order['facts'] {
  const amount = moneyOf(amount_value, amount_currency);
  return amount === null || description === null ? null : { amount, description };
}

const moneyOf = (value: string | null, currency: string | null) =>
  value === null || currency === null ? null : { value, currency };
