import { type Tx } from '@kasir/messaging';
import { type Attempts } from '../application/ports.js';
import { type Attempt } from '../domain/order.js';
import { type AmountColumns, moneyOf } from './money.js';

interface AttemptRow extends AmountColumns {
  payment_session_id: string;
  order_id: string;
  category: string | null;
}

export class AttemptRepository implements Attempts {
  constructor(private readonly tx: Tx) {}

  async find(paymentSessionId: string): Promise<Attempt | undefined> {
    const [row] = await this.tx.query<AttemptRow>('select * from attempts where payment_session_id = $1', [
      paymentSessionId,
    ]);
    return row === undefined ? undefined : toAttempt(row);
  }

  async add({ paymentSessionId, orderId, amount, category }: Attempt): Promise<void> {
    await this.tx.query(
      `insert into attempts (payment_session_id, order_id, amount_value, amount_currency, category)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [paymentSessionId, orderId, amount.value, amount.currency, category],
    );
  }
}

const toAttempt = (row: AttemptRow): Attempt => ({
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  amount: moneyOf(row),
  category: row.category,
});
