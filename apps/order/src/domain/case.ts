import { follow, type Life, type Outcome } from '@kasir/kernel';

export type CaseStatus = 'open' | 'refunding' | 'resolved';

/** A case that was resolved by a refund is `refunding` until the money is back; a refund that fails opens it again. */
export const caseLife = {
  refund: { from: ['open'], to: 'refunding' },
  reopen: { from: ['refunding'], to: 'open' },
  resolve: { from: ['open', 'refunding'], to: 'resolved' },
} as const satisfies Life<string, CaseStatus>;

type CaseStep = keyof typeof caseLife;

/** What a person has to look at. */
export interface Concern {
  readonly kind: string;
  readonly orderId: string | null;
  readonly paymentSessionId: string | null;
  readonly paymentId: string | null;
  /** What tells this concern from others about the same attempt, where the payment's id does not. */
  readonly reference?: string | undefined;
  readonly evidence: Readonly<Record<string, string>>;
  /** ISO 8601 */
  readonly since: string;
  /** By its kind unless given. ISO 8601 */
  readonly due?: string | undefined;
}

export interface Decision {
  readonly resolution: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 */
  readonly at: string;
}

export interface Case extends Required<Omit<Concern, 'reference' | 'due'>> {
  /** Derived from what the case is about, so that the same concern is the same case. */
  readonly caseId: string;
  /** When a person should have dealt with it. ISO 8601 */
  readonly due: string;
  readonly status: CaseStatus;
  /** How often it was opened. */
  readonly openings: number;
  readonly owner: string | null;
  /** Of the refund that it was resolved by. */
  readonly refundRequestId: string | null;
  readonly resolution: Decision | null;
}

const hour = 3_600_000;

/** What may lie longer than a day: Antom acts by itself, or no buyer waits for it. */
const threeDays = new Set([
  'after-cancel',
  'payment-returned',
  'settlement-difference',
  'refund-other-amount',
  'refund-came-back',
  'capture',
  'amount-change',
  'unknown-notification',
  'unreadable-notification',
  'unmatched-refund',
  'environment-differs',
]);

const dueAfter = (kind: string, since: string): string =>
  new Date(Date.parse(since) + (threeDays.has(kind) ? 72 : 24) * hour).toISOString();

/** Longest id that the contract of OrderNeedsAttention takes: 30 + 64 + 64 and what stands between. */
const kindInId = 30;
const longestId = 160;

type About = Pick<Concern, 'kind' | 'paymentSessionId' | 'paymentId' | 'reference'> & Partial<Pick<Concern, 'orderId'>>;

export const caseIdOf = ({ kind, orderId, paymentSessionId, paymentId, reference }: About): string =>
  [kind.slice(0, kindInId), paymentSessionId ?? orderId ?? '', reference ?? paymentId ?? '']
    .join('/')
    .slice(0, longestId);

export const newCase = ({ reference, due, ...concern }: Concern): Case => ({
  ...concern,
  caseId: caseIdOf({ ...concern, reference }),
  due: due ?? dueAfter(concern.kind, concern.since),
  status: 'open',
  openings: 1,
  owner: null,
  refundRequestId: null,
  resolution: null,
});

function take(step: CaseStep, found: Case, change: Partial<Case>): Outcome<Case> {
  const outcome = follow<CaseStep, CaseStatus, Case>(caseLife, step, found);
  return outcome.kind === 'moved' ? { kind: 'moved', thing: { ...outcome.thing, ...change } } : outcome;
}

export const refundCase = (found: Case, refundRequestId: string, resolution: Decision): Outcome<Case> =>
  take('refund', found, { refundRequestId, resolution });

/** @param why what became of the refund */
export const reopenCase = (found: Case, why: string, at: string): Outcome<Case> =>
  take('reopen', found, {
    openings: found.openings + 1,
    due: dueAfter(found.kind, at),
    evidence: { ...found.evidence, [`refund ${found.refundRequestId}`]: why },
    refundRequestId: null,
    resolution: null,
  });

export const resolveCase = (found: Case, resolution: Decision): Outcome<Case> => take('resolve', found, { resolution });
