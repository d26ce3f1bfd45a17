import { type Tx } from '@kasir/messaging';
import { type Refunds } from '../application/ports.js';
import { type Payment } from '../domain/order.js';
import { type Refund } from '../domain/refund.js';
import { type AmountColumns, moneyOf } from './money.js';

export interface RefundRow extends AmountColumns {
  refund_request_id: string;
  order_id: string;
  payment_session_id: string;
  payment_id: string;
  refunded_at: Date;
  origin: Refund['origin'];
  heard_at: Date;
}

export class RefundRepository implements Refunds {
  constructor(private readonly tx: Tx) {}

  async record(refund: Refund): Promise<boolean> {
    const { refundRequestId, orderId, paymentSessionId, paymentId, amount, refundedAt, origin, heardAt } = refund;
    const recorded = await this.tx.query(
      `insert into refunds
         (refund_request_id, order_id, payment_session_id, payment_id, amount_value, amount_currency, refunded_at, origin, heard_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning refund_request_id`,
      [
        refundRequestId,
        orderId,
        paymentSessionId,
        paymentId,
        amount.value,
        amount.currency,
        refundedAt,
        origin,
        heardAt,
      ],
    );
    return recorded.length > 0;
  }

  async of({ paymentSessionId, paymentId }: Payment): Promise<Refund[]> {
    const rows = await this.tx.query<RefundRow>(
      'select * from refunds where payment_session_id = $1 and payment_id = $2',
      [paymentSessionId, paymentId],
    );
    return rows.map(toRefund);
  }
}

export const toRefund = (row: RefundRow): Refund => ({
  orderId: row.order_id,
  refundRequestId: row.refund_request_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  amount: moneyOf(row),
  refundedAt: row.refunded_at.toISOString(),
  origin: row.origin,
  heardAt: row.heard_at.toISOString(),
});
