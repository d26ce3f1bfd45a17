import { type Tx } from '@kasir/messaging';
import { type Inquiries, type InquiryLease } from '../application/ports.js';
import { type InquiryPlan } from '../domain/inquiry-plan.js';

interface Row {
  payment_request_id: string;
  due_at: Date;
  asked: number;
  hurry_until: Date | null;
  lease_version: number;
}

export class InquiryRepository implements Inquiries {
  constructor(private readonly tx: Tx) {}

  async find(paymentRequestId: string): Promise<InquiryPlan | undefined> {
    const [row] = await this.tx.query<Row>('select * from inquiries where payment_request_id = $1 for update', [
      paymentRequestId,
    ]);
    return row === undefined ? undefined : toPlan(row);
  }

  async plan(paymentRequestId: string, { dueAt, asked, hurryUntil }: InquiryPlan): Promise<void> {
    await this.tx.query(
      `insert into inquiries (payment_request_id, due_at, asked, hurry_until) values ($1, $2, $3, $4)
       on conflict (payment_request_id) do update set due_at = $2, asked = $3, hurry_until = $4`,
      [paymentRequestId, dueAt, asked, hurryUntil],
    );
  }

  async end(paymentRequestId: string): Promise<void> {
    await this.tx.query('delete from inquiries where payment_request_id = $1', [paymentRequestId]);
  }

  async claimDue(now: Date, until: Date, limit: number): Promise<InquiryLease[]> {
    const rows = await this.tx.query<Row>(
      `update inquiries set due_at = $2, lease_version = lease_version + 1
       where payment_request_id in (
         select payment_request_id from inquiries where due_at <= $1 order by due_at limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
    return rows.map((row) => ({
      paymentRequestId: row.payment_request_id,
      plan: toPlan(row),
      version: row.lease_version,
    }));
  }

  async holds({ paymentRequestId, version }: InquiryLease): Promise<boolean> {
    const rows = await this.tx.query(
      'select 1 from inquiries where payment_request_id = $1 and lease_version = $2 for update',
      [paymentRequestId, version],
    );
    return rows.length > 0;
  }
}

const toPlan = ({ due_at, asked, hurry_until }: Row): InquiryPlan => ({
  dueAt: due_at,
  asked,
  hurryUntil: hurry_until,
});
