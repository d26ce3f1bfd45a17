import { type Tx } from '@kasir/messaging';
import { type WatchedRefunds } from '../application/ports.js';
import { type RefundStatus } from '../domain/refund-transitions.js';
import { type Amount } from '../domain/returned.js';
import { type WatchedRefund } from '../domain/watched-refund.js';
import { type DueAt, InquiredRows, type InquiredTable, json } from './inquired-rows.js';

interface Row {
  refund_request_id: string;
  status: RefundStatus;
  payment_request_id: string | null;
  watch: WatchedRefund['watch'];
  refusal: WatchedRefund['refusal'];
  attention: WatchedRefund['attention'];
  waiting: WatchedRefund['unmatched'];
}

const table: InquiredTable<Row, WatchedRefund> = {
  name: 'refunds',
  key: 'refund_request_id',
  keyOf: ({ refundRequestId }) => refundRequestId,
  types: {
    ...{ status: 'text', payment_request_id: 'text', watch: 'jsonb', refusal: 'jsonb', attention: 'jsonb' },
    ...{ waiting: 'jsonb' },
  },
  cellsOf: ({ status, watch, refusal, attention, unmatched }) => [
    ...[status, watch?.paymentRequestId, json(watch), json(refusal), json(attention), json(unmatched)],
  ],
  read: (row, inquired) => ({
    ...inquired,
    refundRequestId: row.refund_request_id,
    status: row.status,
    watch: row.watch,
    refusal: row.refusal,
    attention: row.attention,
    unmatched: row.waiting,
  }),
};

export class RefundRepository extends InquiredRows<Row, WatchedRefund> implements WatchedRefunds {
  constructor(tx: Tx, dueAt: DueAt) {
    super(tx, table, dueAt);
  }

  async open(paymentRequestId: string): Promise<string[]> {
    const open = await this.of(paymentRequestId, 'watched');
    return open.map(({ refundRequestId }) => refundRequestId);
  }

  async givenBack(paymentRequestId: string): Promise<Amount[]> {
    const succeeded = await this.of(paymentRequestId, 'succeeded');
    return succeeded.flatMap(({ watch }) => watch?.amount ?? []);
  }

  private of(paymentRequestId: string, status: RefundStatus): Promise<WatchedRefund[]> {
    return this.read('select * from refunds where payment_request_id = $1 and status = $2 order by refund_request_id', [
      paymentRequestId,
      status,
    ]);
  }
}
