import { type Tx } from '@kasir/messaging';
import { type Refunds } from '../application/ports.js';
import { type Payment } from '../domain/payment.js';
import { type MoneyBack, type Refund, wentBack } from '../domain/refund.js';

export interface RefundRow {
  id: string;
  order_id: string;
  payment_session_id: string;
  payment_id: string | null;
  amount_value: string | null;
  amount_currency: string | null;
  status: Refund['status'];
  origin: Refund['origin'];
  at: Date | null;
  case_id: string | null;
  returned: Refund['returned'];
}

export class RefundRepository implements Refunds {
  constructor(private readonly tx: Tx) {}

  async save(refund: Refund): Promise<void> {
    const { id, orderId, paymentSessionId, paymentId, amount, status, origin, at, caseId, returned } = refund;
    await this.tx.query(
      `insert into refunds
         (id, order_id, payment_session_id, origin, payment_id, amount_value, amount_currency, status, at, case_id, returned)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (id) do update
       set payment_id = excluded.payment_id, amount_value = excluded.amount_value, amount_currency = excluded.amount_currency,
         status = excluded.status, at = excluded.at, case_id = excluded.case_id`,
      [
        ...[id, orderId, paymentSessionId, origin, paymentId, amount?.value ?? null, amount?.currency ?? null],
        ...[status, at, caseId, returned && JSON.stringify(returned)],
      ],
    );
  }

  async find(id: string): Promise<Refund | undefined> {
    const [row] = await this.tx.query<RefundRow>('select * from refunds where id = $1', [id]);
    return row && toRefund(row);
  }

  async of({ paymentSessionId, paymentId }: Payment): Promise<MoneyBack[]> {
    const rows = await this.tx.query<RefundRow>(
      `select * from refunds where payment_session_id = $1 and payment_id = $2 and status = 'succeeded' order by at, id`,
      [paymentSessionId, paymentId],
    );
    return rows.map(toRefund).filter(wentBack);
  }
}

export const toRefund = (row: RefundRow): Refund => ({
  id: row.id,
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  amount:
    row.amount_value === null || row.amount_currency === null
      ? null
      : { value: row.amount_value, currency: row.amount_currency },
  status: row.status,
  origin: row.origin,
  at: row.at?.toISOString() ?? null,
  caseId: row.case_id,
  returned: row.returned,
});
