import { type Tx } from '@kasir/messaging';
import { type PaymentSessions } from '../application/ports.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type PaymentSessionRow, toPaymentSession } from './payment-session.row.js';

export class PaymentSessionRepository implements PaymentSessions {
  constructor(private readonly tx: Tx) {}

  async add({ id, orderId, status, amount, bankChoice, createdAt }: PaymentSession): Promise<void> {
    await this.tx.query(
      `insert into payment_sessions (id, order_id, status, amount_value, amount_currency, bank_choice, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, orderId, status, amount.value, amount.currency, JSON.stringify(bankChoice), createdAt],
    );
  }

  find(id: string): Promise<PaymentSession | undefined> {
    return this.one('select * from payment_sessions where id = $1', id);
  }

  lock(id: string): Promise<PaymentSession | undefined> {
    return this.one('select * from payment_sessions where id = $1 for update', id);
  }

  async save(session: PaymentSession): Promise<void> {
    const { id, status, sealed, rejection, failure, cancel, paidAt, returnedAt } = session;
    await this.tx.query(
      `update payment_sessions
       set status = $2, sealed_data = $3, session_expires_at = $4, rejection = $5, failure = $6, paid_at = $7,
         returned_at = $8, cancel_status = $9, cancel_reason = $10, ends_at = $11
       where id = $1`,
      [
        ...[id, status, sealed?.data ?? null, sealed?.expiresAt ?? null, json(rejection), json(failure)],
        ...[paidAt, returnedAt, cancel.status, cancel.reason, sealed?.endsAt ?? null],
      ],
    );
  }

  private async one(sql: string, id: string): Promise<PaymentSession | undefined> {
    const [row] = await this.tx.query<PaymentSessionRow>(sql, [id]);
    return row === undefined ? undefined : toPaymentSession(row);
  }
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
