import { type Tx } from '@kasir/messaging';
import { type WatchedPayments } from '../application/ports.js';
import { type WatchedPayment, type WatchStatus } from '../domain/watched-payment.js';

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

export class WatchedPaymentRepository implements WatchedPayments {
  constructor(private readonly tx: Tx) {}

  async lock(paymentRequestId: string): Promise<WatchedPayment> {
    await this.tx.query(
      `insert into watched_payments (payment_request_id, status) values ($1, 'expected') on conflict do nothing`,
      [paymentRequestId],
    );
    const [row] = await this.tx.query<Row>('select * from watched_payments where payment_request_id = $1 for update', [
      paymentRequestId,
    ]);
    if (row === undefined) throw new Error(`payment ${paymentRequestId} vanished between two statements`);
    return toPayment(row);
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
