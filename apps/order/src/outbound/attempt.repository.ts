import { type Tx } from '@kasir/messaging';
import { type Attempts } from '../application/ports.js';
import { type Attempt } from '../domain/order.js';

interface AttemptRow {
  payment_session_id: string;
  order_id: string;
  amount_value: string;
  amount_currency: string;
}

export class AttemptRepository implements Attempts {
  constructor(private readonly tx: Tx) {}

  async find(paymentSessionId: string): Promise<Attempt | undefined> {
    const [row] = await this.tx.query<AttemptRow>('select * from attempts where payment_session_id = $1', [
      paymentSessionId,
    ]);
    return row === undefined ? undefined : toAttempt(row);
  }

  async add({ paymentSessionId, orderId, amount }: Attempt): Promise<void> {
    await this.tx.query('insert into attempts values ($1, $2, $3, $4) on conflict do nothing', [
      paymentSessionId,
      orderId,
      amount.value,
      amount.currency,
    ]);
  }
}

const toAttempt = (row: AttemptRow): Attempt => ({
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  amount: { value: row.amount_value, currency: row.amount_currency },
});
