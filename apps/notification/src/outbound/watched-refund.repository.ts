import { type Tx } from '@kasir/messaging';
import { type WatchedRefunds } from '../application/ports.js';
import { type RefundStatus } from '../domain/refund-life.js';
import { type RefundVerdict, type RefundWatch, type WatchedRefund } from '../domain/watched-refund.js';

interface Row {
  refund_request_id: string;
  status: RefundStatus;
  watch: (Omit<RefundWatch, 'startedAt'> & { startedAt: string }) | null;
  refusal: WatchedRefund['refusal'];
}

export class WatchedRefundRepository implements WatchedRefunds {
  constructor(private readonly tx: Tx) {}

  async lock(refundRequestId: string): Promise<WatchedRefund> {
    await this.tx.query(
      `insert into watched_refunds (refund_request_id, status) values ($1, 'expected') on conflict do nothing`,
      [refundRequestId],
    );
    const [row] = await this.tx.query<Row>('select * from watched_refunds where refund_request_id = $1 for update', [
      refundRequestId,
    ]);
    if (row === undefined) throw new Error(`refund ${refundRequestId} vanished between two statements`);
    const { status, watch, refusal } = row;
    const known = watch === null ? null : { ...watch, startedAt: new Date(watch.startedAt) };
    return { refundRequestId, status, watch: known, refusal };
  }

  async save({ refundRequestId, status, watch, refusal }: WatchedRefund): Promise<void> {
    await this.tx.query(
      `update watched_refunds set status = $2, payment_request_id = $3, watch = $4, refusal = $5
       where refund_request_id = $1`,
      [refundRequestId, status, watch?.paymentRequestId, asJson(watch), asJson(refusal)],
    );
  }

  async claim(refundRequestId: string, verdict: RefundVerdict | 'no-answer'): Promise<boolean> {
    const claimed = await this.tx.query(
      'insert into refund_outcomes values ($1, $2) on conflict do nothing returning verdict',
      [refundRequestId, verdict],
    );
    return claimed.length > 0;
  }

  async open(paymentRequestId: string): Promise<string[]> {
    const rows = await this.tx.query<{ refund_request_id: string }>(
      `select refund_request_id from watched_refunds
       where payment_request_id = $1 and status in ('watched', 'refused') order by refund_request_id`,
      [paymentRequestId],
    );
    return rows.map((row) => row.refund_request_id);
  }
}

const asJson = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
