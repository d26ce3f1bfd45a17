import { type Tx } from '@kasir/messaging';
import { type CausedBy, type Refunds } from '../application/ports.js';
import { isOpenRefund, type Refund } from '../domain/refund.js';
import { type DueAt, LeasedRows, ownJob } from './leased-rows.js';
import { type RefundRow, toRefund } from './refund.row.js';

export const refundJobs = {
  ...{ name: 'refunds', key: 'refund_request_id', columns: ownJob },
  open: `status in ('waiting', 'started') and hint is null`,
  read: toRefund,
  keyOf: ({ refundRequestId }: Refund) => refundRequestId,
};

export class RefundRepository extends LeasedRows<RefundRow, Refund> implements Refunds {
  constructor(
    tx: Tx,
    private readonly causedBy: CausedBy,
    dueAt: DueAt,
  ) {
    super(tx, refundJobs, dueAt);
  }

  async find(refundRequestId: string): Promise<Refund | undefined> {
    const [row] = await this.tx.query<RefundRow>('select * from refunds where refund_request_id = $1', [
      refundRequestId,
    ]);
    return row === undefined ? undefined : toRefund(row);
  }

  async ofAttempt(paymentSessionId: string): Promise<Refund[]> {
    const rows = await this.tx.query<RefundRow>('select * from refunds where payment_session_id = $1', [
      paymentSessionId,
    ]);
    return rows.map(toRefund);
  }

  async add(refund: Refund, nextTryAt: Date): Promise<void> {
    await this.tx.query(
      `insert into refunds (refund_request_id, order_id, payment_session_id, payment_id, amount_value, amount_currency, cause,
         case_id, status, reason, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[refund.refundRequestId, refund.orderId, refund.paymentSessionId, refund.paymentId ?? null],
        ...[refund.amount.value, refund.amount.currency, refund.cause, refund.caseId ?? null, refund.status],
        ...[refund.reason, nextTryAt, this.causedBy?.id ?? null, this.causedBy?.traceparent ?? null],
      ],
    );
    this.dueAt(nextTryAt);
  }

  /** A refund that goes on to its next status is asked about anew. */
  async save(refund: Refund, nextTryAt?: Date): Promise<void> {
    await this.tx.query(
      `update refunds set payment_id = $3, request_path = $4, request_body = $5,
         tries = case when status = $2 then tries else 0 end,
         lease_version = case when status = $2 then lease_version else lease_version + 1 end,
         status = $2, hint = $7,
         next_try_at = case when $8 then coalesce($6, next_try_at) end
       where refund_request_id = $1`,
      [
        ...[refund.refundRequestId, refund.status, refund.paymentId ?? null],
        ...[refund.request?.path ?? null, refund.request?.body ?? null, nextTryAt ?? null],
        ...[refund.hint ?? null, isOpenRefund(refund)],
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }
}
