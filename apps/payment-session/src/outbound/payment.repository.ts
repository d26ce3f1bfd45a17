import { type Tx } from '@kasir/messaging';
import { type Payments } from '../application/ports.js';
import { type Payment } from '../domain/payment.js';

interface PaymentRow {
  payment_id: string;
  payment_session_id: string;
  order_id: string;
  amount_value: string;
  amount_currency: string;
}

export class PaymentRepository implements Payments {
  constructor(private readonly tx: Tx) {}

  async add({ paymentId, paymentSessionId, orderId, amount }: Payment): Promise<void> {
    await this.tx.query(
      `insert into payments (payment_session_id, payment_id, order_id, amount_value, amount_currency)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [paymentSessionId, paymentId, orderId, amount.value, amount.currency],
    );
  }

  async find(paymentSessionId: string, paymentId: string): Promise<Payment | undefined> {
    const [row] = await this.tx.query<PaymentRow>(
      'select * from payments where payment_session_id = $1 and payment_id = $2',
      [paymentSessionId, paymentId],
    );
    return row === undefined ? undefined : toPayment(row);
  }
}

const toPayment = (row: PaymentRow): Payment => ({
  paymentId: row.payment_id,
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  amount: { value: row.amount_value, currency: row.amount_currency },
});
