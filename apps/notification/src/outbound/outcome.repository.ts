import { columns, gathered, type Tx } from '@kasir/messaging';
import { type Outcome, type Outcomes } from '../application/ports.js';
import { type Amount } from '../domain/returned.js';
import { json } from './inquired-rows.js';

interface Row {
  payment_request_id: string;
  payment_id: string;
  outcome: Outcome['outcome'];
  paid_at: Date | null;
  received: Amount | null;
}

export class OutcomeRepository implements Outcomes {
  constructor(private readonly tx: Tx) {}

  readonly claim = gathered((outcomes: readonly Outcome[]) => this.claimAll(outcomes));

  async of(paymentRequestId: string): Promise<Outcome[]> {
    const sql = 'select * from outcomes where payment_request_id = $1 order by payment_id';
    return (await this.tx.query<Row>(sql, [paymentRequestId])).map(toOutcome);
  }

  private async claimAll(outcomes: readonly Outcome[]): Promise<boolean[]> {
    const rows = await this.tx.query<Row>(
      `insert into outcomes (payment_request_id, payment_id, outcome, paid_at, received)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[])
       on conflict do nothing returning *`,
      columns(outcomes, ({ paymentRequestId, paymentId, outcome, paidAt, received }) => [
        ...[paymentRequestId, paymentId, outcome, paidAt, json(received)],
      ]),
    );
    const claimed = new Set(rows.map((row) => nameOf(toOutcome(row))));
    // Of two that claim the same at once, one has it.
    return outcomes.map((outcome) => claimed.delete(nameOf(outcome)));
  }
}

const nameOf = ({ paymentRequestId, paymentId, outcome }: Outcome): string =>
  JSON.stringify([paymentRequestId, paymentId, outcome]);

const toOutcome = (row: Row): Outcome => ({
  paymentRequestId: row.payment_request_id,
  paymentId: row.payment_id,
  outcome: row.outcome,
  paidAt: row.paid_at?.toISOString(),
  received: row.received ?? undefined,
});
