import { follow, type Life, type Outcome } from '@kasir/kernel';

export type CaseStatus = 'open' | 'resolved';

/** A case is opened once, and resolved once. */
export const caseLife = {
  resolve: { from: ['open'], to: 'resolved' },
} as const satisfies Life<string, CaseStatus>;

type CaseStep = keyof typeof caseLife;

/** What somebody noticed that needs a person. */
export interface Concern {
  readonly kind: string;
  readonly orderId: string | null;
  readonly paymentSessionId: string;
  /** Empty where Antom has named no payment. */
  readonly paymentId: string;
  /** What tells this concern from others about the same attempt, where the payment's id does not. */
  readonly reference?: string;
  readonly evidence: Readonly<Record<string, string>>;
  /** ISO 8601 */
  readonly since: string;
}

/** A concern as it is kept. */
export interface NewCase extends Omit<Concern, 'reference'> {
  /** Derived from what the case is about, so that the same concern is the same case. */
  readonly caseId: string;
  /** When a person should have dealt with it. ISO 8601 */
  readonly due: string;
}

export interface Resolution {
  readonly resolution: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 */
  readonly at: string;
}

export interface Case extends NewCase {
  readonly status: CaseStatus;
  readonly owner: string | null;
  readonly resolution: Resolution | null;
}

const hour = 3_600_000;
const usualHours = 24;

/** How long each kind may lie; money that a shopper waits for comes first. */
const hoursOf: Readonly<Record<string, number>> = {
  'second-success': 24,
  'late-payment': 24,
  'amount-mismatch': 24,
  'no-answer': 24,
  // Antom returns such a payment by itself, within days.
  'paid-after-cancel': 72,
  'refund-unasked': 72,
  'settlement-difference': 72,
};

/** Longest id that the contract of OrderNeedsAttention takes: 30 + 64 + 64 and what stands between. */
const kindInId = 30;
const longestId = 160;

type About = Pick<Concern, 'kind' | 'paymentSessionId' | 'paymentId' | 'reference'>;

export const caseIdOf = ({ kind, paymentSessionId, paymentId, reference = paymentId }: About): string =>
  [kind.slice(0, kindInId), paymentSessionId, reference].join('/').slice(0, longestId);

export function newCase({ reference, ...concern }: Concern): NewCase {
  const { kind, since } = concern;
  const caseId = caseIdOf({ ...concern, ...(reference === undefined ? {} : { reference }) });
  const due = new Date(new Date(since).getTime() + (hoursOf[kind] ?? usualHours) * hour).toISOString();
  return { ...concern, caseId, due };
}

export function resolveCase(found: Case, resolution: Resolution): Outcome<Case> {
  const outcome = follow<CaseStep, CaseStatus, Case>(caseLife, 'resolve', found);
  return outcome.kind === 'moved' ? { kind: 'moved', thing: { ...outcome.thing, resolution } } : outcome;
}
