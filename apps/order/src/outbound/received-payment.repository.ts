import { type Tx } from '@kasir/messaging';
import { type ReceivedPayments } from '../application/ports.js';
import { type Payment } from '../domain/order.js';
import { type ReceivedPayment } from '../domain/refund.js';
import { type AmountColumns, moneyOf } from './money.js';

export interface ReceivedPaymentRow extends AmountColumns {
  payment_session_id: string;
  payment_id: string;
  order_id: string;
  paid_at: Date;
  standing: ReceivedPayment['standing'];
}

export class ReceivedPaymentRepository implements ReceivedPayments {
  constructor(private readonly tx: Tx) {}

  async record({ paymentSessionId, paymentId, orderId, amount, paidAt, standing }: ReceivedPayment): Promise<void> {
    await this.tx.query(
      `insert into received_payments as known
         (payment_session_id, payment_id, order_id, amount_value, amount_currency, paid_at, standing)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (payment_session_id, payment_id) do update
       set standing = excluded.standing, amount_value = excluded.amount_value,
           amount_currency = excluded.amount_currency, paid_at = excluded.paid_at
       where excluded.standing = 'kept'`,
      [paymentSessionId, paymentId, orderId, amount.value, amount.currency, paidAt, standing],
    );
  }

  async find({ paymentSessionId, paymentId }: Payment): Promise<ReceivedPayment | undefined> {
    const [row] = await this.tx.query<ReceivedPaymentRow>(
      'select * from received_payments where payment_session_id = $1 and payment_id = $2',
      [paymentSessionId, paymentId],
    );
    return row && toReceivedPayment(row);
  }
}

export const toReceivedPayment = (row: ReceivedPaymentRow): ReceivedPayment => ({
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  amount: moneyOf(row),
  paidAt: row.paid_at.toISOString(),
  standing: row.standing,
});
