import { type Tx } from '@kasir/messaging';
import { type CaseEntry, type CaseLoad, type CaseQuery, type Cases } from '../application/ports.js';
import { type Case, type NewCase, type Resolution } from '../domain/case.js';

interface CaseRow {
  case_id: string;
  kind: string;
  order_id: string | null;
  payment_session_id: string;
  payment_id: string;
  evidence: Record<string, string>;
  since: Date;
  due: Date;
  owner: string | null;
  resolved: { resolution: string; reason: string; by: string; at: string } | null;
}

interface EntryRow {
  at: Date;
  action: CaseEntry['action'];
  acted_by: string;
  owner: string | null;
  resolution: string | null;
  reason: string;
}

const standing = `
  select c.*,
    (select h.owner from case_history h where h.case_id = c.case_id and h.action = 'owned' order by h.number desc limit 1) as owner,
    (select jsonb_build_object('resolution', h.resolution, 'reason', h.reason, 'by', h.acted_by, 'at', h.at)
     from case_history h where h.case_id = c.case_id and h.action = 'resolved') as resolved
  from cases c`;

const unresolved = `not exists (select from case_history h where h.case_id = c.case_id and h.action = 'resolved')`;

export class CaseRepository implements Cases {
  constructor(private readonly tx: Tx) {}

  async open(opened: NewCase): Promise<boolean> {
    const { caseId, kind, orderId, paymentSessionId, paymentId, evidence, since, due } = opened;
    const rows = await this.tx.query(
      `insert into cases (case_id, kind, order_id, payment_session_id, payment_id, evidence, since, due)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning case_id`,
      [caseId, kind, orderId, paymentSessionId, paymentId, JSON.stringify(evidence), since, due],
    );
    return rows.length > 0;
  }

  async find(caseId: string): Promise<Case | undefined> {
    const [row] = await this.tx.query<CaseRow>(`${standing} where c.case_id = $1`, [caseId]);
    return row && toCase(row);
  }

  async list({ status, kind, orderId, owner, after, limit }: CaseQuery): Promise<Case[]> {
    const rows = await this.tx.query<CaseRow>(
      `select * from (${standing}) as listed
       where ($1 = 'all' or (resolved is null) = ($1 = 'open'))
         and kind = coalesce($2, kind)
         and ($3::text is null or order_id = $3)
         and ($4::text is null or owner = $4)
         and ($5::text is null or (since, case_id) > (select p.since, p.case_id from cases p where p.case_id = $5))
       order by since, case_id
       limit $6`,
      [status, kind, orderId, owner, after, limit].map((value) => value ?? null),
    );
    return rows.map(toCase);
  }

  async history(caseId: string): Promise<CaseEntry[]> {
    const rows = await this.tx.query<EntryRow>('select * from case_history where case_id = $1 order by number', [
      caseId,
    ]);
    return rows.map(toEntry);
  }

  async openOf(orderId: string): Promise<number> {
    const [row] = await this.tx.query<{ count: number }>(
      `select count(*)::int as count from cases c where order_id = $1 and ${unresolved}`,
      [orderId],
    );
    return row?.count ?? 0;
  }

  async load(now: Date): Promise<CaseLoad> {
    const rows = await this.tx.query<{ kind: string; count: number; overdue: number; oldest: Date }>(
      `select kind, count(*)::int as count, (count(*) filter (where due < $1))::int as overdue, min(since) as oldest
       from cases c
       where ${unresolved}
       group by kind order by kind`,
      [now],
    );
    return {
      open: rows.map(({ kind, count }) => ({ kind, count })),
      overdue: rows.reduce((total, { overdue }) => total + overdue, 0),
      oldest: rows.map(({ oldest }) => oldest).sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    };
  }

  async own(caseId: string, owner: string, { at, by, reason }: Omit<Resolution, 'resolution'>): Promise<void> {
    await this.tx.query(
      `insert into case_history (case_id, at, action, acted_by, owner, reason) values ($1, $2, 'owned', $3, $4, $5)
       on conflict do nothing`,
      [caseId, at, by, owner, reason],
    );
  }

  async resolve(caseId: string, { at, by, reason, resolution }: Resolution): Promise<boolean> {
    const rows = await this.tx.query(
      `insert into case_history (case_id, at, action, acted_by, resolution, reason)
       values ($1, $2, 'resolved', $3, $4, $5) on conflict do nothing returning number`,
      [caseId, at, by, resolution, reason],
    );
    return rows.length > 0;
  }
}

const toCase = ({ resolved, owner, ...row }: CaseRow): Case => ({
  caseId: row.case_id,
  kind: row.kind,
  status: resolved === null ? 'open' : 'resolved',
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  evidence: row.evidence,
  since: row.since.toISOString(),
  due: row.due.toISOString(),
  owner,
  resolution: resolved && { ...resolved, at: new Date(resolved.at).toISOString() },
});

function toEntry({ action, acted_by: by, owner, resolution, reason, at }: EntryRow): CaseEntry {
  const words = { at: at.toISOString(), by, reason };
  if (action === 'owned') return { ...words, action, owner: owner ?? '' };
  return { ...words, action, resolution: resolution ?? '' };
}
