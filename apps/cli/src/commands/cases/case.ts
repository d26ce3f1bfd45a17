import { inColumns, printable } from '../../in-columns.js';

/** A case as the order service tells of it. */
export interface Case {
  readonly caseId: string;
  readonly kind: string;
  readonly status: 'open' | 'refunding' | 'resolved';
  readonly orderId: string | null;
  readonly paymentSessionId: string | null;
  readonly paymentId: string | null;
  readonly evidence: Readonly<Record<string, string>>;
  readonly since: string;
  readonly due: string;
  readonly owner: string | null;
  readonly resolution: { resolution: string; reason: string; by: string; at: string } | null;
}

export interface CaseWithHistory extends Case {
  readonly history: readonly {
    readonly at: string;
    readonly action: string;
    readonly by: string;
    readonly reason: string;
    readonly owner?: string;
    readonly resolution?: string;
  }[];
}

export const tableOf = (cases: readonly Case[]): string =>
  inColumns(
    ['since', 'due', 'kind', 'order', 'owner', 'case'],
    cases.map(({ since, due, kind, orderId, owner, status, caseId }) => [
      since,
      status === 'open' ? due : status,
      kind,
      orderId ?? 'none of ours',
      owner ?? 'nobody',
      caseId,
    ]),
  );

export function pageOf(found: CaseWithHistory): string {
  const facts = [
    ['kind', found.kind],
    ['status', found.status],
    ['order', found.orderId ?? 'none of ours'],
    ['payment session', found.paymentSessionId ?? 'none'],
    ['payment', found.paymentId ?? 'Antom has named none'],
    ['open since', found.since],
    ['due', found.due],
    ['owner', found.owner ?? 'nobody'],
    ...Object.entries(found.evidence).map(([name, value]) => [`evidence: ${name}`, value]),
    ...found.history.map(({ at, action, by, reason, owner, resolution }) => [
      [action, owner ?? resolution].filter((word) => word !== undefined).join(' '),
      `${at} by ${by}: ${reason}`,
    ]),
  ] as [string, string][];
  return printable(inColumns(['case', found.caseId], facts));
}
