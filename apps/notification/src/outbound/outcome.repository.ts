import { type Tx } from '@kasir/messaging';
import { type OutcomeOfPayment, type Outcomes } from '../application/ports.js';

interface Row {
  payment_request_id: string;
  payment_id: string;
  verdict: OutcomeOfPayment['verdict'];
  paid_at: Date | null;
}

export class OutcomeRepository implements Outcomes {
  constructor(private readonly tx: Tx) {}

  async claim({ paymentRequestId, paymentId, verdict, paidAt }: OutcomeOfPayment): Promise<boolean> {
    const claimed = await this.tx.query(
      `insert into outcomes (payment_request_id, payment_id, verdict, paid_at) values ($1, $2, $3, $4)
       on conflict do nothing returning verdict`,
      [paymentRequestId, paymentId, verdict, paidAt],
    );
    return claimed.length > 0;
  }

  async of(paymentRequestId: string): Promise<OutcomeOfPayment[]> {
    const rows = await this.tx.query<Row>('select * from outcomes where payment_request_id = $1 order by payment_id', [
      paymentRequestId,
    ]);
    return rows.map((row) => ({
      paymentRequestId: row.payment_request_id,
      paymentId: row.payment_id,
      verdict: row.verdict,
      paidAt: row.paid_at?.toISOString(),
    }));
  }
}
