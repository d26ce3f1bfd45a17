import { gathered, type Tx } from '@kasir/messaging';
import { type DueKind, type Inquiries, type InquiryLease, type NextDue, type Rumours } from '../application/ports.js';
import { type InquiryPlan } from '../domain/inquiry-plan.js';

interface Row {
  due_at: Date;
  asked: number;
  hurry_until: Date | null;
  hurries: number;
}

/** Hears of each moment at which an inquiry is due, once it is committed. */
type DueAt = (at: Date) => void;

interface LeasedRow extends Row {
  id: string;
  lease_version: string;
  payment_ids: string[] | null;
}

/** Where questions of one kind wait. */
interface Table {
  readonly name: string;
  readonly key: string;
  /** Payments of Antom's that a row is to be asked about by themselves, as SQL. */
  readonly paymentIds: string;
  /** What keeps a row when everything else has been answered, as SQL. */
  readonly unlessOpen: string;
}

const ofPayments: Table = {
  name: 'inquiries',
  key: 'payment_request_id',
  paymentIds: `(select array_agg(distinct payment_id) from open_questions open
                where open.payment_request_id = due.payment_request_id)`,
  unlessOpen: `and not exists (select 1 from open_questions open
               where open.payment_request_id = done.payment_request_id)`,
};

const ofRefunds: Table = {
  name: 'refund_inquiries',
  key: 'refund_request_id',
  paymentIds: 'null::text[]',
  unlessOpen: '',
};

class InquiryTable implements Inquiries {
  constructor(
    private readonly tx: Tx,
    private readonly table: Table,
    private readonly dueAt: DueAt,
  ) {}

  async find(id: string): Promise<InquiryPlan | undefined> {
    const { name, key } = this.table;
    const [row] = await this.tx.query<Row>(`select * from ${name} where ${key} = $1 for update`, [id]);
    return row === undefined ? undefined : toPlan(row);
  }

  async plan(id: string, { dueAt, asked, hurryUntil, hurries }: InquiryPlan): Promise<void> {
    const { name, key } = this.table;
    await this.tx.query(
      `insert into ${name} (${key}, due_at, asked, hurry_until, hurries) values ($1, $2, $3, $4, $5)
       on conflict (${key}) do update set due_at = $2, asked = $3, hurry_until = $4, hurries = $5`,
      [id, dueAt, asked, hurryUntil, hurries],
    );
    this.dueAt(dueAt);
  }

  readonly end = gathered((ids: readonly string[]) => this.endAll(ids));

  async claimDue(now: Date, until: Date, limit: number): Promise<InquiryLease[]> {
    const { name, key, paymentIds } = this.table;
    const rows = await this.tx.query<LeasedRow>(
      `update ${name} as due set leased_until = $2, lease_version = nextval('inquiry_leases')
       where ${key} in (
         select ${key} from ${name}
         where due_at <= $1 and leased_until <= $1 order by due_at limit $3 for update skip locked)
       returning due.*, due.${key} as id, ${paymentIds} as payment_ids`,
      [now, until, limit],
    );
    return rows.map((row) => ({
      id: row.id,
      plan: toPlan(row),
      version: row.lease_version,
      paymentIds: row.payment_ids ?? [],
    }));
  }

  async held({ id, version }: InquiryLease): Promise<InquiryPlan | undefined> {
    const { name, key } = this.table;
    const [row] = await this.tx.query<Row>(
      `select * from ${name} where ${key} = $1 and lease_version = $2 for update`,
      [id, version],
    );
    return row === undefined ? undefined : toPlan(row);
  }

  async goOn({ id, version }: InquiryLease, { dueAt, asked, hurryUntil, hurries }: InquiryPlan): Promise<void> {
    const { name, key } = this.table;
    await this.tx.query(
      `update ${name} set due_at = $3, asked = $4, hurry_until = $5, hurries = $6, leased_until = '-infinity'
       where ${key} = $1 and lease_version = $2`,
      [id, version, dueAt, asked, hurryUntil, hurries],
    );
    this.dueAt(dueAt);
  }

  private async endAll(ids: readonly string[]): Promise<undefined> {
    const { name, key, unlessOpen } = this.table;
    await this.tx.query(`delete from ${name} as done where ${key} = any($1) ${unlessOpen}`, [ids]);
  }
}

export const paymentInquiries = (tx: Tx, dueAt: DueAt): Inquiries => new InquiryTable(tx, ofPayments, dueAt);
export const refundInquiries = (tx: Tx, dueAt: DueAt): Inquiries => new InquiryTable(tx, ofRefunds, dueAt);

const earliest = ({ name }: Table): string => `(select min(due_at) from ${name} where leased_until <= $1)`;
const sql = `select ${earliest(ofPayments)} as payments, ${earliest(ofRefunds)} as refunds`;

/** One statement, which reads the first entries of each table's index. */
export const nextDue =
  (committed: Tx): NextDue =>
  async (now) =>
    (await committed.query<Record<DueKind, Date | null>>(sql, [now]))[0]!;

export class RumourRepository implements Rumours {
  constructor(
    private readonly tx: Tx,
    private readonly dueAt: DueAt,
  ) {}

  async heed(paymentRequestId: string, now: Date, since: Date): Promise<void> {
    const heeded = await this.tx.query(
      `update inquiries set due_at = least(due_at, $2), hurries = hurries + 1, rumour_at = $2
       where payment_request_id = $1 and (rumour_at is null or rumour_at <= $3)
       returning 1`,
      [paymentRequestId, now, since],
    );
    if (heeded.length > 0) this.dueAt(now);
  }
}

const toPlan = ({ due_at, asked, hurry_until, hurries }: Row): InquiryPlan => ({
  dueAt: due_at,
  asked,
  hurryUntil: hurry_until,
  hurries,
});
