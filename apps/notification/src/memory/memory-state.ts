import { type OutcomeOfPayment } from '../application/ports.js';
import { type KeptWebhook, type ReceivedWebhook } from '../application/webhook-ports.js';
import { type InquiryPlan } from '../domain/inquiry-plan.js';
import { type OpenQuestion } from '../domain/open-question.js';
import { type AttemptNews } from '../domain/payment-news.js';
import { type QuarantineTally } from '../domain/quarantine.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { type RefundNews, type WatchedRefund } from '../domain/watched-refund.js';

export interface PlannedInquiry {
  readonly plan: InquiryPlan;
  readonly version: number;
  readonly leasedUntil: Date | null;
  readonly rumourAt: Date | null;
}

export interface Waiting<News> {
  readonly news: News;
  readonly since: Date;
}

export interface Quarantined {
  readonly position: string;
  readonly webhook: ReceivedWebhook;
  readonly reason: string;
  readonly withBody: boolean;
}

/** What the tables hold. It is cloned for each transaction, so it is plain data. */
export interface MemoryState {
  readonly payments: Map<string, WatchedPayment>;
  readonly outcomes: Map<string, OutcomeOfPayment>;
  readonly questions: Map<string, OpenQuestion>;
  readonly inquiries: Map<string, PlannedInquiry>;
  readonly refunds: Map<string, WatchedRefund>;
  readonly refundOutcomes: Set<string>;
  readonly refundInquiries: Map<string, PlannedInquiry>;
  readonly waiting: Waiting<AttemptNews>[];
  readonly waitingRefunds: Waiting<RefundNews>[];
  readonly webhooks: KeptWebhook[];
  readonly quarantine: Quarantined[];
  tally: QuarantineTally;
  nextNumber: number;
}

export const emptyState = (): MemoryState => ({
  payments: new Map(),
  outcomes: new Map(),
  questions: new Map(),
  inquiries: new Map(),
  refunds: new Map(),
  refundOutcomes: new Set(),
  refundInquiries: new Map(),
  waiting: [],
  waitingRefunds: [],
  webhooks: [],
  quarantine: [],
  tally: { rows: 0, bytes: 0, fullSince: null },
  nextNumber: 1,
});

export const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Removes what fits. */
export function taken<Item>(items: Item[], fits: (item: Item) => boolean): Item[] {
  const found = items.filter(fits);
  items.splice(0, items.length, ...items.filter((item) => !fits(item)));
  return found;
}
