import { type Tx } from '@kasir/messaging';
import { type OpenQuestions } from '../application/ports.js';
import { type OpenQuestion } from '../domain/open-question.js';

interface Row {
  payment_request_id: string;
  payment_id: string;
  kind: OpenQuestion['kind'];
  since: Date;
  paid_at: Date;
}

export class OpenQuestionRepository implements OpenQuestions {
  constructor(private readonly tx: Tx) {}

  async open({ paymentRequestId, paymentId, kind, since, paidAt }: OpenQuestion): Promise<void> {
    await this.tx.query(
      `insert into open_questions (payment_request_id, payment_id, kind, since, paid_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [paymentRequestId, paymentId, kind, since, paidAt],
    );
  }

  async of(paymentRequestId: string): Promise<OpenQuestion[]> {
    const rows = await this.tx.query<Row>(
      'select * from open_questions where payment_request_id = $1 order by since, payment_id',
      [paymentRequestId],
    );
    return rows.map((row) => ({
      paymentRequestId: row.payment_request_id,
      paymentId: row.payment_id,
      kind: row.kind,
      since: row.since,
      paidAt: row.paid_at.toISOString(),
    }));
  }

  async close({ paymentRequestId, paymentId, kind }: OpenQuestion): Promise<void> {
    await this.tx.query('delete from open_questions where payment_request_id = $1 and payment_id = $2 and kind = $3', [
      paymentRequestId,
      paymentId,
      kind,
    ]);
  }
}
