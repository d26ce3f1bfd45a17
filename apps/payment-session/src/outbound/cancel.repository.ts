import { type Tx } from '@kasir/messaging';
import { type CancelLease, type Cancels, type CausedBy, type Lease } from '../application/ports.js';
import { type CancelCause, type CancelJob, type CancelStatus } from '../domain/cancel.js';
import { type AttemptRow, toAttempt } from './attempt.row.js';
import { again, claim, type DueAt, type JobRow, leaseOf, leasedRow } from './due.js';

interface CancelRow extends JobRow {
  payment_session_id: string;
  order_id: string;
  cause: CancelCause;
  status: CancelStatus;
}

const toJob = (row: CancelRow): CancelJob => ({
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  cause: row.cause,
  status: row.status,
});

export const cancelJobs = { name: 'cancels', key: 'payment_session_id', open: `status = 'wanted'` };

export class CancelRepository implements Cancels {
  constructor(
    private readonly tx: Tx,
    private readonly causedBy: CausedBy,
    private readonly dueAt: DueAt,
  ) {}

  async of(paymentSessionId: string): Promise<CancelJob | undefined> {
    const [row] = await this.tx.query<CancelRow>('select * from cancels where payment_session_id = $1', [
      paymentSessionId,
    ]);
    return row === undefined ? undefined : toJob(row);
  }

  async put({ paymentSessionId, orderId, cause, status }: CancelJob, nextTryAt: Date | undefined): Promise<void> {
    await this.tx.query(
      `insert into cancels as job (payment_session_id, order_id, cause, status, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (payment_session_id) do update
       set cause = $3, status = $4, next_try_at = $5, caused_by = $6, traceparent = $7, tries = 0,
           lease_version = job.lease_version + 1`,
      [
        ...[paymentSessionId, orderId, cause, status, nextTryAt ?? null],
        ...[this.causedBy?.id ?? null, this.causedBy?.traceparent ?? null],
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }

  async finish({ paymentSessionId, status }: CancelJob): Promise<void> {
    await this.tx.query('update cancels set status = $2, next_try_at = null where payment_session_id = $1', [
      paymentSessionId,
      status,
    ]);
  }

  async claimDue(...due: [now: Date, until: Date, limit: number]): Promise<CancelLease[]> {
    const rows = await claim<CancelRow>(this.tx, cancelJobs, due);
    if (rows.length === 0) return [];
    const attempts = await this.tx.query<AttemptRow>('select * from attempts where payment_session_id = any($1)', [
      rows.map((row) => row.payment_session_id),
    ]);
    const attemptOf = new Map(attempts.map((row) => [row.payment_session_id, toAttempt(row)]));
    return rows.map((row) => ({ ...leaseOf(toJob(row), row), attempt: attemptOf.get(row.payment_session_id)! }));
  }

  async leased({ thing, version }: Lease<CancelJob>): Promise<CancelJob | undefined> {
    const row = await leasedRow<CancelRow>(this.tx, cancelJobs, thing.paymentSessionId, version);
    return row === undefined ? undefined : toJob(row);
  }

  async tryAgainAt({ thing, version }: Lease<CancelJob>, at: Date, counts: boolean): Promise<void> {
    await again(this.tx, cancelJobs, thing.paymentSessionId, { version, at, counts });
    this.dueAt(at);
  }
}
