import { type Tx } from '@kasir/messaging';
import { type CausedBy, type Lease, type Refunds } from '../application/ports.js';
import { type Refund } from '../domain/refund.js';
import { again, claim, type DueAt, leaseOf, leasedRow } from './due.js';
import { type RefundRow, toRefund } from './refund.row.js';

export const refundJobs = { name: 'refunds', key: 'refund_request_id', open: `status in ('considered', 'started')` };

export class RefundRepository implements Refunds {
  constructor(
    private readonly tx: Tx,
    private readonly causedBy: CausedBy,
    private readonly dueAt: DueAt,
  ) {}

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

  async add(refund: Refund, nextTryAt?: Date): Promise<void> {
    await this.tx.query(
      `insert into refunds (refund_request_id, order_id, payment_session_id, payment_id, amount_value, amount_currency, cause,
         status, reason, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        refund.refundRequestId,
        refund.orderId,
        refund.paymentSessionId,
        refund.paymentId ?? null,
        refund.amount.value,
        refund.amount.currency,
        refund.cause,
        refund.status,
        refund.reason,
        nextTryAt ?? null,
        this.causedBy?.id ?? null,
        this.causedBy?.traceparent ?? null,
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }

  /** A refund that goes on to its next status is asked about anew. */
  async save(refund: Refund, nextTryAt?: Date): Promise<void> {
    await this.tx.query(
      `update refunds set payment_id = $3, request_path = $4, request_body = $5,
         tries = case when status = $2 then tries else 0 end,
         lease_version = case when status = $2 then lease_version else lease_version + 1 end,
         status = $2,
         next_try_at = case when $2 in ('considered', 'started') then coalesce($6, next_try_at) end
       where refund_request_id = $1`,
      [
        refund.refundRequestId,
        refund.status,
        refund.paymentId ?? null,
        refund.request?.path ?? null,
        refund.request?.body ?? null,
        nextTryAt ?? null,
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }

  async claimDue(...due: [now: Date, until: Date, limit: number]): Promise<Lease<Refund>[]> {
    const rows = await claim<RefundRow>(this.tx, refundJobs, due);
    return rows.map((row) => leaseOf(toRefund(row), row));
  }

  async leased({ thing, version }: Lease<Refund>): Promise<Refund | undefined> {
    const row = await leasedRow<RefundRow>(this.tx, refundJobs, thing.refundRequestId, version);
    return row === undefined ? undefined : toRefund(row);
  }

  async tryAgainAt({ thing, version }: Lease<Refund>, at: Date, counts: boolean): Promise<void> {
    await again(this.tx, refundJobs, thing.refundRequestId, { version, at, counts });
    this.dueAt(at);
  }
}
