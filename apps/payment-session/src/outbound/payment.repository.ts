import { type Tx } from '@kasir/messaging';
import { type Payments } from '../application/ports.js';
import { type Payment, type Standing } from '../domain/payment.js';

interface PaymentRow {
  payment_session_id: string;
  payment_id: string;
  order_id: string;
  standing: Standing | null;
  received_value: string | null;
  received_currency: string | null;
  given_back: string;
}

export class PaymentRepository implements Payments {
  constructor(private readonly tx: Tx) {}

  async save({ paymentSessionId, paymentId, orderId, standing, received, givenBack }: Payment): Promise<void> {
    await this.tx.query(
      `insert into payments
         (payment_session_id, payment_id, order_id, standing, received_value, received_currency, given_back)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (payment_session_id, payment_id) do update set standing = excluded.standing, given_back = excluded.given_back,
         received_value = excluded.received_value, received_currency = excluded.received_currency`,
      [
        ...[paymentSessionId, paymentId, orderId, standing ?? null],
        ...[received?.value ?? null, received?.currency ?? null, givenBack.toString()],
      ],
    );
  }

  async find(paymentSessionId: string, paymentId: string): Promise<Payment | undefined> {
    const [row] = await this.tx.query<PaymentRow>(
      'select * from payments where payment_session_id = $1 and payment_id = $2',
      [paymentSessionId, paymentId],
    );
    return row === undefined ? undefined : toPayment(row);
  }

  async ofOrder(orderId: string): Promise<Payment[]> {
    const rows = await this.tx.query<PaymentRow>('select * from payments where order_id = $1', [orderId]);
    return rows.map(toPayment);
  }
}

const toPayment = ({ received_value: value, received_currency: currency, ...row }: PaymentRow): Payment => ({
  paymentId: row.payment_id,
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  ...(row.standing === null ? {} : { standing: row.standing }),
  ...(value === null || currency === null ? {} : { received: { value, currency } }),
  givenBack: BigInt(row.given_back),
});
