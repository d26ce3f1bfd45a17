import { type Tx } from '@kasir/messaging';
import { type WatchedPayments } from '../application/ports.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { type WatchStatus } from '../domain/watch-life.js';

interface Row {
  payment_request_id: string;
  status: WatchStatus;
  order_id: string | null;
  payment_session_id: string;
  amount_value: string;
  amount_currency: string;
  ends_at: Date;
  announced_by: string;
  traceparent: string | null;
}

const byId = 'select * from watched_payments where payment_request_id = $1';
const byPaymentId = `select * from watched_payments where payment_request_id in (
  select payment_request_id from outcomes where payment_id = $1)`;

export class WatchedPaymentRepository implements WatchedPayments {
  constructor(private readonly tx: Tx) {}

  async lock(paymentRequestId: string): Promise<WatchedPayment> {
    const known = await this.locked(paymentRequestId);
    if (known !== undefined) return toPayment(known);
    await this.tx.query(
      `insert into watched_payments (payment_request_id, status) values ($1, 'expected') on conflict do nothing`,
      [paymentRequestId],
    );
    const row = await this.locked(paymentRequestId);
    if (row === undefined) throw new Error(`payment ${paymentRequestId} vanished between two statements`);
    return toPayment(row);
  }

  async find(payment: { paymentRequestId: string } | { paymentId: string }): Promise<WatchedPayment | null> {
    const [row] =
      'paymentRequestId' in payment
        ? await this.tx.query<Row>(byId, [payment.paymentRequestId])
        : await this.tx.query<Row>(byPaymentId, [payment.paymentId]);
    return row === undefined ? null : toPayment(row);
  }

  async save({ paymentRequestId, status, watch }: WatchedPayment): Promise<void> {
    await this.tx.query(
      `update watched_payments set status = $2, order_id = $3, payment_session_id = $4, amount_value = $5,
         amount_currency = $6, ends_at = $7, announced_by = $8, traceparent = $9
       where payment_request_id = $1`,
      [
        paymentRequestId,
        status,
        watch?.orderId,
        watch?.paymentSessionId,
        watch?.amount.value,
        watch?.amount.currency,
        watch?.endsAt,
        watch?.announcedBy.id,
        watch?.announcedBy.traceparent,
      ],
    );
  }

  private async locked(paymentRequestId: string): Promise<Row | undefined> {
    const [row] = await this.tx.query<Row>(`${byId} for update`, [paymentRequestId]);
    return row;
  }
}

const toPayment = (row: Row): WatchedPayment => ({
  paymentRequestId: row.payment_request_id,
  status: row.status,
  watch:
    row.order_id === null
      ? null
      : {
          orderId: row.order_id,
          paymentSessionId: row.payment_session_id,
          amount: { value: row.amount_value, currency: row.amount_currency },
          endsAt: row.ends_at,
          announcedBy: { id: row.announced_by, traceparent: row.traceparent ?? undefined },
        },
});
