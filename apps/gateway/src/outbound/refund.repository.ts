import { type Tx } from '@kasir/messaging';
import { type Refunds } from '../application/ports.js';
import { type Refund } from '../domain/refund.js';
import { json, moneyIn } from './columns.js';

const columns = `id, order_id as "orderId", payment_session_id as "paymentSessionId", payment_id as "paymentId",
  ${moneyIn('amount', 'amount')}, reason, requested_by as "requestedBy", fingerprint, status, obstacle,
  refunded_at as "refundedAt", created_at as "createdAt"`;

export class RefundRepository implements Refunds {
  constructor(private readonly tx: Tx) {}

  async claim(refund: Refund): Promise<boolean> {
    const { id, orderId, paymentSessionId, paymentId, amount, reason, requestedBy, fingerprint, status } = refund;
    const rows = await this.tx.query(
      `insert into refunds (id, order_id, payment_session_id, payment_id, amount_value, amount_currency, reason, requested_by,
         fingerprint, status, refunded_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning id`,
      [
        ...[id, orderId, paymentSessionId, paymentId, amount.value, amount.currency, reason, requestedBy],
        ...[fingerprint, status, refund.refundedAt, refund.createdAt],
      ],
    );
    return rows.length > 0;
  }

  async find(id: string): Promise<Refund | undefined> {
    return (await this.all('where id = $1', [id]))[0];
  }

  findAll(ids: readonly string[]): Promise<Refund[]> {
    return this.all('where id = any($1)', [ids]);
  }

  async lock(id: string): Promise<Refund | undefined> {
    return (await this.all('where id = $1 for update', [id]))[0];
  }

  ofSession(paymentSessionId: string): Promise<Refund[]> {
    return this.all('where payment_session_id = $1', [paymentSessionId]);
  }

  async save({ id, paymentId, status, obstacle, refundedAt }: Refund): Promise<void> {
    await this.tx.query(
      'update refunds set status = $2, obstacle = $3, refunded_at = $4, payment_id = $5 where id = $1',
      [id, status, json(obstacle), refundedAt, paymentId],
    );
  }

  private all(which: string, params: readonly unknown[]): Promise<Refund[]> {
    return this.tx.query<Refund>(`select ${columns} from refunds ${which}`, params);
  }
}
