import { type Tx } from '@kasir/messaging';
import { type CaseEntry, type CaseLoad, type CaseQuery, type Cases } from '../application/ports.js';
import { type Case } from '../domain/case.js';
import { type Payment } from '../domain/payment.js';

interface CaseRow {
  case_id: string;
  kind: string;
  status: Case['status'];
  order_id: string | null;
  payment_session_id: string | null;
  payment_id: string | null;
  evidence: Record<string, string>;
  since: Date;
  due_at: Date;
  openings: number;
  owner: string | null;
  refund_request_id: string | null;
  resolution: Case['resolution'];
}

interface EntryRow {
  at: Date;
  action: CaseEntry['action'];
  acted_by: string;
  owner: string | null;
  resolution: string | null;
  reason: string;
}

export class CaseRepository implements Cases {
  constructor(private readonly tx: Tx) {}

  async open(opened: Case): Promise<boolean> {
    const { caseId, kind, status, orderId, paymentSessionId, paymentId, evidence, since, due, openings } = opened;
    const rows = await this.tx.query(
      `insert into cases (case_id, kind, status, order_id, payment_session_id, payment_id, evidence, since, due_at, openings)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning case_id`,
      [caseId, kind, status, orderId, paymentSessionId, paymentId, JSON.stringify(evidence), since, due, openings],
    );
    return rows.length > 0;
  }

  async find(caseId: string): Promise<Case | undefined> {
    return (await this.#where('case_id = $1', [caseId]))[0];
  }

  async lock(caseId: string): Promise<Case | undefined> {
    return (await this.#where('case_id = $1 for update', [caseId]))[0];
  }

  async save({ caseId, status, evidence, due, openings, owner, refundRequestId, resolution }: Case): Promise<void> {
    await this.tx.query(
      `update cases
       set status = $2, evidence = $3, due_at = $4, openings = $5, owner = $6, refund_request_id = $7, resolution = $8
       where case_id = $1`,
      [
        ...[caseId, status, JSON.stringify(evidence), due, openings, owner, refundRequestId],
        resolution && JSON.stringify(resolution),
      ],
    );
  }

  async note(caseId: string, { at, action, by, owner, resolution, reason }: CaseEntry): Promise<void> {
    await this.tx.query(
      `insert into case_history (case_id, at, action, acted_by, owner, resolution, reason) values ($1, $2, $3, $4, $5, $6, $7)`,
      [caseId, at, action, by, owner ?? null, resolution ?? null, reason],
    );
  }

  unresolvedOf({ paymentSessionId, paymentId }: Payment): Promise<Case[]> {
    const condition = `payment_session_id = $1 and payment_id = $2 and status <> 'resolved' order by case_id`;
    return this.#where(condition, [paymentSessionId, paymentId]);
  }

  async waitingFor(refundRequestId: string): Promise<Case | undefined> {
    return (await this.#where(`refund_request_id = $1 and status = 'refunding'`, [refundRequestId]))[0];
  }

  list({ status, kind, orderId, owner, after, limit }: CaseQuery): Promise<Case[]> {
    return this.#where(
      `($1 = 'all' or status = $1)
         and kind = coalesce($2, kind)
         and ($3::text is null or order_id = $3)
         and ($4::text is null or owner = $4)
         and ($5::text is null or (since, case_id) > (select p.since, p.case_id from cases p where p.case_id = $5))
       order by since, case_id
       limit $6`,
      [status, kind, orderId, owner, after, limit].map((value) => value ?? null),
    );
  }

  async history(caseId: string): Promise<CaseEntry[]> {
    const rows = await this.tx.query<EntryRow>('select * from case_history where case_id = $1 order by number', [
      caseId,
    ]);
    return rows.map(toEntry);
  }

  async openOf(orderId: string): Promise<number> {
    const [row] = await this.tx.query<{ count: number }>(
      `select count(*)::int as count from cases where order_id = $1 and status <> 'resolved'`,
      [orderId],
    );
    return row?.count ?? 0;
  }

  async load(now: Date): Promise<CaseLoad> {
    const rows = await this.tx.query<{ kind: string; count: number; overdue: number; oldest: Date }>(
      `select kind, count(*)::int as count, (count(*) filter (where due_at < $1))::int as overdue, min(since) as oldest
       from cases where status <> 'resolved' group by kind order by kind`,
      [now],
    );
    return {
      open: rows.map(({ kind, count }) => ({ kind, count })),
      overdue: rows.reduce((total, { overdue }) => total + overdue, 0),
      oldest: rows.map(({ oldest }) => oldest).sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    };
  }

  async #where(condition: string, values: unknown[]): Promise<Case[]> {
    return (await this.tx.query<CaseRow>(`select * from cases where ${condition}`, values)).map(toCase);
  }
}

const toCase = (row: CaseRow): Case => ({
  caseId: row.case_id,
  kind: row.kind,
  status: row.status,
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  evidence: row.evidence,
  since: row.since.toISOString(),
  due: row.due_at.toISOString(),
  openings: row.openings,
  owner: row.owner,
  refundRequestId: row.refund_request_id,
  resolution: row.resolution,
});

const toEntry = ({ at, acted_by: by, action, owner, resolution, reason }: EntryRow): CaseEntry => ({
  ...{ at: at.toISOString(), by, action, reason },
  ...(owner === null ? {} : { owner }),
  ...(resolution === null ? {} : { resolution }),
});
