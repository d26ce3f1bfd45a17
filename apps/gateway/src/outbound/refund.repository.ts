import { type Tx } from '@kasir/messaging';
import { type Refunds } from '../application/ports.js';
import { type Refund } from '../domain/refund.js';
import { type RefundRow, toRefund } from './refund.row.js';

export class RefundRepository implements Refunds {
  constructor(private readonly tx: Tx) {}

  async add(refund: Refund): Promise<boolean> {
    const { id, orderId, paymentSessionId, paymentId, amount, reason, requestedBy, status, createdAt } = refund;
    const rows = await this.tx.query(
      `insert into refunds (id, order_id, payment_session_id, payment_id, amount_value, amount_currency, reason, requested_by,
         status, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [id, orderId, paymentSessionId, paymentId, amount.value, amount.currency, reason, requestedBy, status, createdAt],
    );
    return rows.length > 0;
  }

  async find(id: string): Promise<Refund | undefined> {
    return (await this.all('select * from refunds where id = $1', id))[0];
  }

  async lock(id: string): Promise<Refund | undefined> {
    return (await this.all('select * from refunds where id = $1 for update', id))[0];
  }

  ofSession(paymentSessionId: string): Promise<Refund[]> {
    return this.all('select * from refunds where payment_session_id = $1', paymentSessionId);
  }

  async save({ id, paymentId, status, obstacle, refundedAt }: Refund): Promise<void> {
    await this.tx.query(
      'update refunds set status = $2, obstacle = $3, refunded_at = $4, payment_id = $5 where id = $1',
      [...[id, status, obstacle === null ? null : JSON.stringify(obstacle), refundedAt, paymentId]],
    );
  }

  private async all(sql: string, id: string): Promise<Refund[]> {
    return (await this.tx.query<RefundRow>(sql, [id])).map(toRefund);
  }
}
