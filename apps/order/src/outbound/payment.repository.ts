import { type Tx } from '@kasir/messaging';
import { type Payments } from '../application/ports.js';
import { type KnownPayment, type Payment, type ReceivedPayment } from '../domain/payment.js';

export interface ReceivedRow {
  payment_session_id: string;
  payment_id: string;
  order_id: string;
  received_value: string;
  received_currency: string;
  paid_at: Date;
  standing: string;
  given_back_value: string;
}
type PaymentRow = ReceivedRow | (Omit<ReceivedRow, 'received_value'> & { received_value: null });

export class PaymentRepository implements Payments {
  constructor(private readonly tx: Tx) {}

  async save(payment: KnownPayment): Promise<void> {
    const { paymentSessionId, paymentId, orderId } = payment;
    await this.tx.query(
      `insert into payments
         (payment_session_id, payment_id, order_id, received_value, received_currency, paid_at, standing, given_back_value)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (payment_session_id, payment_id) do update
       set received_value = excluded.received_value, received_currency = excluded.received_currency,
         paid_at = excluded.paid_at, standing = excluded.standing, given_back_value = excluded.given_back_value`,
      [paymentSessionId, paymentId, orderId, ...moneyOf(payment)],
    );
  }

  async find({ paymentSessionId, paymentId }: Payment): Promise<KnownPayment | undefined> {
    const [row] = await this.tx.query<PaymentRow>(
      'select * from payments where payment_session_id = $1 and payment_id = $2',
      [paymentSessionId, paymentId],
    );
    return row && toPayment(row);
  }

  async duplicatesOf(orderId: string): Promise<ReceivedPayment[]> {
    const rows = await this.tx.query<ReceivedRow>(
      `select * from payments where order_id = $1 and standing = 'duplicate-payment' and given_back_value = 0
       order by paid_at desc, payment_id desc`,
      [orderId],
    );
    return rows.map(toReceived);
  }
}

const moneyOf = (payment: KnownPayment): unknown[] =>
  payment.amount === null
    ? [null, null, null, null, 0]
    : [payment.amount.value, payment.amount.currency, payment.paidAt, payment.standing, payment.givenBack];

const keysOf = (row: PaymentRow) => ({
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
});

const toPayment = (row: PaymentRow): KnownPayment =>
  row.received_value === null ? { ...keysOf(row), amount: null } : toReceived(row);

export const toReceived = (row: ReceivedRow): ReceivedPayment => ({
  ...keysOf(row),
  amount: { value: row.received_value, currency: row.received_currency },
  paidAt: row.paid_at.toISOString(),
  standing: row.standing,
  givenBack: row.given_back_value,
});
