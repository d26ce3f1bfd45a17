import { columns, gathered, type Tx } from '@kasir/messaging';
import { type OutcomeOfPayment, type Outcomes } from '../application/ports.js';

interface Row {
  payment_request_id: string;
  payment_id: string;
  verdict: OutcomeOfPayment['verdict'];
  paid_at: Date | null;
}

export class OutcomeRepository implements Outcomes {
  constructor(private readonly tx: Tx) {}

  readonly claim = gathered((outcomes: readonly OutcomeOfPayment[]) => this.claimAll(outcomes));

  async of(paymentRequestId: string): Promise<OutcomeOfPayment[]> {
    const rows = await this.tx.query<Row>('select * from outcomes where payment_request_id = $1 order by payment_id', [
      paymentRequestId,
    ]);
    return rows.map(toOutcome);
  }

  private async claimAll(outcomes: readonly OutcomeOfPayment[]): Promise<boolean[]> {
    const rows = await this.tx.query<Row>(
      `insert into outcomes (payment_request_id, payment_id, verdict, paid_at)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
       on conflict do nothing returning *`,
      columns(outcomes, ({ paymentRequestId, paymentId, verdict, paidAt }) => [
        paymentRequestId,
        paymentId,
        verdict,
        paidAt,
      ]),
    );
    const claimed = new Set(rows.map((row) => nameOf(toOutcome(row))));
    // Of two that claim the same at once, one has it.
    return outcomes.map((outcome) => claimed.delete(nameOf(outcome)));
  }
}

const nameOf = ({ paymentRequestId, paymentId, verdict }: OutcomeOfPayment): string =>
  JSON.stringify([paymentRequestId, paymentId, verdict]);

const toOutcome = (row: Row): OutcomeOfPayment => ({
  paymentRequestId: row.payment_request_id,
  paymentId: row.payment_id,
  verdict: row.verdict,
  paidAt: row.paid_at?.toISOString(),
});
