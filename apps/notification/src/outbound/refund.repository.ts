import { type Tx } from '@kasir/messaging';
import { type WatchedRefunds } from '../application/ports.js';
import { type WatchedRefund } from '../domain/watched-refund.js';
import { type DueAt, InquiredRows, type InquiredTable } from './inquired-rows.js';

const table: InquiredTable<WatchedRefund> = {
  name: 'refunds',
  key: 'refundRequestId',
  types: { status: 'text', watch: 'jsonb', refusal: 'jsonb', attention: 'jsonb', waiting: 'jsonb' },
};

export class RefundRepository extends InquiredRows<WatchedRefund> implements WatchedRefunds {
  constructor(tx: Tx, dueAt: DueAt) {
    super(tx, table, dueAt);
  }

  ofPayment(paymentRequestId: string): Promise<WatchedRefund[]> {
    const sql = 'select * from refunds where payment_request_id = $1 order by refund_request_id';
    return this.read(sql, [paymentRequestId]);
  }
}
