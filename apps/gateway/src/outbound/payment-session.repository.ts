import { type Tx } from '@kasir/messaging';
import { type PaymentSessions } from '../application/ports.js';
import { type Cancel } from '../domain/cancel.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { json, moneyIn } from './columns.js';

const columns = `id, order_id as "orderId", fingerprint, status, ${moneyIn('amount', 'amount')}, bank_choice as "bankChoice",
  created_at as "createdAt", not_after as "notAfter", encrypted_session_data as data, session_expires_at as "expiresAt",
  ends_at as "endsAt", rejection, failure, cancel_requested_at as "requestedAt", cancel_answer as answer,
  cancel_reason as reason, paid_at as "paidAt", returned_at as "returnedAt"`;

type Row = Omit<PaymentSession, 'encrypted' | 'cancel'> &
  Cancel & { readonly data: string | null; readonly expiresAt: Date | null; readonly endsAt: Date | null };

export class PaymentSessionRepository implements PaymentSessions {
  constructor(private readonly tx: Tx) {}

  async claim(session: PaymentSession): Promise<boolean> {
    const { id, orderId, fingerprint, status, amount, bankChoice, createdAt, notAfter } = session;
    const rows = await this.tx.query(
      `insert into payment_sessions (id, order_id, fingerprint, status, amount_value, amount_currency, bank_choice, created_at,
         not_after)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
      [id, orderId, fingerprint, status, amount.value, amount.currency, json(bankChoice), createdAt, notAfter],
    );
    return rows.length > 0;
  }

  async find(id: string): Promise<PaymentSession | undefined> {
    return (await this.all('where id = $1', [id]))[0];
  }

  findAll(ids: readonly string[]): Promise<PaymentSession[]> {
    return this.all('where id = any($1)', [ids]);
  }

  async lock(id: string): Promise<PaymentSession | undefined> {
    return (await this.all('where id = $1 for update', [id]))[0];
  }

  async save({ id, status, encrypted, rejection, failure, cancel, paidAt, returnedAt }: PaymentSession): Promise<void> {
    await this.tx.query(
      `update payment_sessions
       set status = $2, encrypted_session_data = $3, session_expires_at = $4, ends_at = $5, rejection = $6, failure = $7,
         paid_at = $8, returned_at = $9, cancel_requested_at = $10, cancel_answer = $11, cancel_reason = $12
       where id = $1`,
      [
        ...[id, status, encrypted?.data ?? null, encrypted?.expiresAt ?? null, encrypted?.endsAt ?? null],
        ...[json(rejection), json(failure), paidAt, returnedAt, cancel.requestedAt, cancel.answer, cancel.reason],
      ],
    );
  }

  async unansweredSince(before: Date): Promise<number> {
    const [row] = await this.tx.query<{ count: number }>(
      `select count(*)::int as count from payment_sessions where status = 'requested' and not_after < $1`,
      [before],
    );
    return row?.count ?? 0;
  }

  private async all(which: string, params: readonly unknown[]): Promise<PaymentSession[]> {
    return (await this.tx.query<Row>(`select ${columns} from payment_sessions ${which}`, params)).map(toPaymentSession);
  }
}

function toPaymentSession({ data, expiresAt, endsAt, requestedAt, answer, reason, ...row }: Row): PaymentSession {
  const encrypted = data === null || expiresAt === null || endsAt === null ? null : { data, expiresAt, endsAt };
  return { ...row, encrypted, cancel: { requestedAt, answer, reason } };
}
