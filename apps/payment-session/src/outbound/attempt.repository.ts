import { type Tx } from '@kasir/messaging';
import { type Attempts, type Lease } from '../application/ports.js';
import { type Attempt } from '../domain/attempt.js';
import { type AttemptRow, toAttempt, toLease } from './attempt.row.js';

export class AttemptRepository implements Attempts {
  constructor(
    private readonly tx: Tx,
    private readonly causedBy: Lease['causedBy'] | undefined,
  ) {}

  async lockOrder(orderId: string): Promise<Attempt[]> {
    await this.tx.query('insert into orders (id) values ($1) on conflict do nothing', [orderId]);
    await this.tx.query('select 1 from orders where id = $1 for update', [orderId]);
    const rows = await this.tx.query<AttemptRow>('select * from attempts where order_id = $1', [orderId]);
    return rows.map(toAttempt);
  }

  async add(attempt: Attempt, firstTryAt: Date): Promise<void> {
    await this.tx.query(
      `insert into attempts (payment_session_id, order_id, order_facts, amount_value, amount_currency, bank_choice, status,
         request_path, request_body, not_after, session_expires_at, ends_at, next_try_at, caused_by, traceparent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        attempt.paymentSessionId,
        attempt.orderId,
        JSON.stringify(attempt.order),
        attempt.amount.value,
        attempt.amount.currency,
        JSON.stringify(attempt.bankChoice),
        attempt.status,
        attempt.request.path,
        attempt.request.body,
        attempt.notAfter,
        attempt.sessionExpiresAt,
        attempt.endsAt,
        firstTryAt,
        this.causedBy?.id ?? attempt.paymentSessionId,
        this.causedBy?.traceparent ?? null,
      ],
    );
  }

  async lock(paymentSessionId: string): Promise<Attempt | undefined> {
    const [row] = await this.tx.query<AttemptRow>('select * from attempts where payment_session_id = $1 for update', [
      paymentSessionId,
    ]);
    return row === undefined ? undefined : toAttempt(row);
  }

  async save({ paymentSessionId, status, sessionExpiresAt, endsAt }: Attempt): Promise<void> {
    await this.tx.query(
      `update attempts set status = $2, session_expires_at = $3, ends_at = $4,
         next_try_at = case when $2 = 'started' then next_try_at end
       where payment_session_id = $1`,
      [paymentSessionId, status, sessionExpiresAt, endsAt],
    );
  }

  async claimDue(now: Date, until: Date, limit: number): Promise<Lease[]> {
    const rows = await this.tx.query<AttemptRow>(
      `update attempts set next_try_at = $2, lease_version = lease_version + 1, tries = tries + 1
       where payment_session_id in (
         select payment_session_id from attempts where status = 'started' and next_try_at <= $1
         order by next_try_at limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
    return rows.map(toLease);
  }

  async lockLeased({ attempt, version }: Lease): Promise<Attempt | undefined> {
    const [row] = await this.tx.query<AttemptRow>(
      `select * from attempts where payment_session_id = $1 and lease_version = $2 and status = 'started' for update`,
      [attempt.paymentSessionId, version],
    );
    return row === undefined ? undefined : toAttempt(row);
  }

  async tryAgainAt({ attempt, version }: Lease, at: Date): Promise<void> {
    await this.tx.query('update attempts set next_try_at = $3 where payment_session_id = $1 and lease_version = $2', [
      attempt.paymentSessionId,
      version,
      at,
    ]);
  }
}
