import { type Tx } from '@kasir/messaging';
import { type Attempts, type CausedBy, type Lease } from '../application/ports.js';
import { type Attempt } from '../domain/attempt.js';
import { type AttemptRow, toAttempt } from './attempt.row.js';
import { again, claim, type DueAt, leaseOf, leasedRow } from './due.js';

export const attemptJobs = { name: 'attempts', key: 'payment_session_id', open: `status in ('waiting', 'started')` };

export class AttemptRepository implements Attempts {
  constructor(
    private readonly tx: Tx,
    private readonly causedBy: CausedBy,
    private readonly dueAt: DueAt,
  ) {}

  async ofOrder(orderId: string): Promise<Attempt[]> {
    const rows = await this.tx.query<AttemptRow>('select * from attempts where order_id = $1', [orderId]);
    return rows.map(toAttempt);
  }

  async add(attempt: Attempt, nextTryAt: Date): Promise<void> {
    await this.tx.query(
      `insert into attempts (payment_session_id, order_id, order_facts, amount_value, amount_currency, bank_choice, status,
         stopped, request_path, request_body, not_after, session_expires_at, ends_at, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        attempt.paymentSessionId,
        attempt.orderId,
        JSON.stringify(attempt.order),
        attempt.amount.value,
        attempt.amount.currency,
        JSON.stringify(attempt.bankChoice),
        attempt.status,
        attempt.stopped,
        attempt.request.path,
        attempt.request.body,
        attempt.notAfter,
        attempt.sessionExpiresAt,
        attempt.endsAt,
        nextTryAt,
        this.causedBy?.id ?? attempt.paymentSessionId,
        this.causedBy?.traceparent ?? null,
      ],
    );
    this.dueAt(nextTryAt);
  }

  async save(attempt: Attempt, nextTryAt?: Date): Promise<void> {
    await this.tx.query(
      `update attempts set status = $2, session_expires_at = $3, ends_at = $4, stopped = $5, payment_id = $6, used = $8,
         next_try_at = case when $2 in ('waiting', 'started') then coalesce($7, next_try_at) end
       where payment_session_id = $1`,
      [
        attempt.paymentSessionId,
        attempt.status,
        attempt.sessionExpiresAt,
        attempt.endsAt,
        attempt.stopped,
        attempt.paymentId ?? null,
        nextTryAt ?? null,
        attempt.used,
      ],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }

  async claimDue(...due: [now: Date, until: Date, limit: number]): Promise<Lease<Attempt>[]> {
    const rows = await claim<AttemptRow>(this.tx, attemptJobs, due);
    return rows.map((row) => leaseOf(toAttempt(row), row));
  }

  async leased({ thing, version }: Lease<Attempt>): Promise<Attempt | undefined> {
    const row = await leasedRow<AttemptRow>(this.tx, attemptJobs, thing.paymentSessionId, version);
    return row?.status === thing.status ? toAttempt(row) : undefined;
  }

  async tryAgainAt({ thing, version }: Lease<Attempt>, at: Date, counts: boolean): Promise<void> {
    await again(this.tx, attemptJobs, thing.paymentSessionId, { version, at, counts });
    this.dueAt(at);
  }
}
