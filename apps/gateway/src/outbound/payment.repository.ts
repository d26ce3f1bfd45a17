import { type Tx } from '@kasir/messaging';
import { type Payments } from '../application/ports.js';
import { type Payment } from '../domain/payment.js';
import { moneyIn } from './columns.js';

const columns = `payment_id as "paymentId", payment_session_id as "paymentSessionId", order_id as "orderId",
  ${moneyIn('received', 'amount')}`;

export class PaymentRepository implements Payments {
  constructor(private readonly tx: Tx) {}

  async add({ paymentId, paymentSessionId, orderId, amount }: Payment): Promise<void> {
    await this.tx.query(
      `insert into payments (payment_session_id, payment_id, order_id, received_value, received_currency)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [paymentSessionId, paymentId, orderId, amount.value, amount.currency],
    );
  }

  async find(orderId: string, paymentId: string): Promise<Payment | undefined> {
    const which = 'where order_id = $1 and payment_id = $2';
    return (await this.tx.query<Payment>(`select ${columns} from payments ${which}`, [orderId, paymentId]))[0];
  }

  ofSession(paymentSessionId: string): Promise<Payment[]> {
    const which = 'where payment_session_id = $1 order by number';
    return this.tx.query<Payment>(`select ${columns} from payments ${which}`, [paymentSessionId]);
  }
}
