import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { newOrder, type Order, type OrderFacts } from '../domain/order.js';
import { moneyIn } from './columns.js';

const columns = `id, status, ${moneyIn('amount', 'amount')}, description, paid_at as "paidAt", paid_by as "paidBy",
  ${moneyIn('refunded', 'refunded')}, open_cases as "openCases", close_requested_at as "closeRequestedAt"`;

interface Row extends Omit<Order, 'facts' | 'paid'> {
  readonly amount: OrderFacts['amount'] | null;
  readonly description: string | null;
  readonly paidAt: Date | null;
  readonly paidBy: string | null;
}

export class OrderRepository implements Orders {
  constructor(private readonly tx: Tx) {}

  find(id: string): Promise<Order | undefined> {
    return this.one('where id = $1', id);
  }

  lock(id: string): Promise<Order | undefined> {
    return this.one('where id = $1 for update', id);
  }

  async lockOrAdd(id: string): Promise<Order> {
    const known = await this.lock(id);
    if (known !== undefined) return known;
    await this.add(newOrder(id));
    const order = await this.lock(id);
    if (order === undefined) throw new Error(`order ${id} is gone, yet no order is ever deleted`);
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
    await this.tx.query(
      `update orders set provisional = false, amount_value = $2, amount_currency = $3, description = $4
       where id = $1 and provisional`,
      [id, amount.value, amount.currency, description],
    );
  }

  async save({ id, status, facts, paid, refunded, openCases, closeRequestedAt }: Order): Promise<void> {
    await this.tx.query(
      `update orders
       set status = $2, amount_value = $3, amount_currency = $4, description = $5, paid_at = $6, paid_by = $7,
         refunded_value = $8, refunded_currency = $9, open_cases = $10, close_requested_at = $11
       where id = $1`,
      [
        ...[id, status, facts?.amount.value ?? null, facts?.amount.currency ?? null, facts?.description ?? null],
        ...[paid?.at ?? null, paid?.by ?? null, refunded?.value ?? null, refunded?.currency ?? null],
        ...[openCases, closeRequestedAt],
      ],
    );
  }

  private async one(which: string, id: string): Promise<Order | undefined> {
    const [row] = await this.tx.query<Row>(`select ${columns} from orders ${which}`, [id]);
    return row === undefined ? undefined : toOrder(row);
  }
}

const toOrder = ({ amount, description, paidAt, paidBy, ...row }: Row): Order => ({
  ...row,
  facts: amount === null || description === null ? null : { amount, description },
  paid: paidAt === null || paidBy === null ? null : { at: paidAt, by: paidBy },
});
