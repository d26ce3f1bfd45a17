import { type Tx } from '@kasir/messaging';
import { type Attempts, type CausedBy, type Lease } from '../application/ports.js';
import { type Attempt } from '../domain/attempt.js';
import { type AttemptRow, toAttempt } from './attempt.row.js';
import { type DueAt, LeasedRows, ownJob } from './leased-rows.js';

export const attemptJobs = {
  ...{ name: 'attempts', key: 'payment_session_id', columns: ownJob },
  open: `status in ('waiting', 'started')`,
  read: toAttempt,
  keyOf: ({ paymentSessionId }: Attempt) => paymentSessionId,
};

export class AttemptRepository extends LeasedRows<AttemptRow, Attempt> implements Attempts {
  constructor(
    tx: Tx,
    private readonly causedBy: CausedBy,
    dueAt: DueAt,
  ) {
    super(tx, attemptJobs, dueAt);
  }

  async ofOrder(orderId: string): Promise<Attempt[]> {
    const rows = await this.tx.query<AttemptRow>('select * from attempts where order_id = $1', [orderId]);
    return rows.map(toAttempt);
  }

  async add(attempt: Attempt, nextTryAt: Date): Promise<void> {
    await this.tx.query(
      `insert into attempts (payment_session_id, order_id, order_facts, amount_value, amount_currency, bank_choice, status,
         request_path, request_body, not_after, session_expires_at, ends_at, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[attempt.paymentSessionId, attempt.orderId, JSON.stringify(attempt.order)],
        ...[attempt.amount.value, attempt.amount.currency, JSON.stringify(attempt.bankChoice), attempt.status],
        ...[attempt.request.path, attempt.request.body, attempt.notAfter, attempt.sessionExpiresAt, attempt.endsAt],
        ...[nextTryAt, this.causedBy?.id ?? attempt.paymentSessionId, this.causedBy?.traceparent ?? null],
      ],
    );
    this.dueAt(nextTryAt);
  }

  async save(attempt: Attempt, nextTryAt?: Date): Promise<void> {
    await this.tx.query(
      `update attempts set status = $2, session_expires_at = $3, ends_at = $4, payment_id = $5, used = $6,
         cancel_cause = $8, cancel_answer = $9, cancel_started_id = $10,
         cancel_due_at = case when $9::text is null then cancel_due_at end,
         next_try_at = case when $2 in ('waiting', 'started') then coalesce($7, next_try_at) end
       where payment_session_id = $1`,
      [
        ...[attempt.paymentSessionId, attempt.status, attempt.sessionExpiresAt, attempt.endsAt],
        ...[attempt.paymentId ?? null, attempt.used, nextTryAt ?? null],
        ...[attempt.cancel?.cause ?? null, attempt.cancel?.answer ?? null, attempt.cancel?.startedId ?? null],
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }

  override async leased(lease: Lease<Attempt>): Promise<Attempt | undefined> {
    const attempt = await super.leased(lease);
    return attempt?.status === lease.thing.status ? attempt : undefined;
  }
}
