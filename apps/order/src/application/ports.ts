import { type OrderEvent } from '@kasir/contracts';
import { type Case, type CaseStatus, type NewCase, type Resolution } from '../domain/case.js';
import { type LatePayment, type Order, type Payment } from '../domain/order.js';
import { type ReceivedPayment, type Refund } from '../domain/refund.js';
import { type Recorded, type SettledRow } from '../domain/settlement.js';

type OrderNews<Event> = Event extends OrderEvent ? Pick<Event, 'type' | 'data'> & { readonly identity: string } : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = OrderNews<OrderEvent>;

export interface Orders {
  /** Locks the order until the transaction ends; creates it as `open` where it is the first event that names it. */
  lock(orderId: string): Promise<Order>;
  save(order: Order): Promise<void>;
  knows(orderId: string): Promise<boolean>;
}

/** Refunds that arrived before the payment that they are of. */
export interface Waiting {
  keepRefund(refund: Refund): Promise<void>;
  takeRefunds(payment: Payment): Promise<Refund[]>;
  count(): Promise<number>;
}

export interface ReceivedPayments {
  /** Keeps a payment; one that turns out to pay the order after all is `kept` from then on. */
  record(payment: ReceivedPayment): Promise<void>;
  find(payment: Payment): Promise<ReceivedPayment | undefined>;
}

export interface Refunds {
  /** False when it was recorded before. */
  record(refund: Refund): Promise<boolean>;
  /** Of one payment. */
  of(payment: Payment): Promise<Refund[]>;
}

export type CaseEntry = { readonly at: string; readonly by: string; readonly reason: string } & (
  { readonly action: 'owned'; readonly owner: string } | { readonly action: 'resolved'; readonly resolution: string }
);

export interface CaseQuery {
  readonly status: CaseStatus | 'all';
  readonly kind?: string | undefined;
  readonly orderId?: string | undefined;
  readonly owner?: string | undefined;
  /** Those after this case, the oldest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** How much lies open. */
export interface CaseLoad {
  readonly open: readonly { readonly kind: string; readonly count: number }[];
  readonly overdue: number;
  /** Since when the oldest one is open. */
  readonly oldest: Date | null;
}

export interface Cases {
  /** False when it was opened before. */
  open(opened: NewCase): Promise<boolean>;
  find(caseId: string): Promise<Case | undefined>;
  list(query: CaseQuery): Promise<Case[]>;
  history(caseId: string): Promise<CaseEntry[]>;
  /** How many of an order are open. */
  openOf(orderId: string): Promise<number>;
  load(now: Date): Promise<CaseLoad>;
  own(caseId: string, owner: string, entry: Omit<Resolution, 'resolution'>): Promise<void>;
  /** False when somebody has resolved it before. */
  resolve(caseId: string, resolution: Resolution): Promise<boolean>;
}

/** Our own books, as far as a settlement file is compared with them. */
export interface Books {
  recorded(row: SettledRow): Promise<Recorded>;
  /** Remembers that a file names it, whatever we think of the row. */
  settled(row: SettledRow, file: string): Promise<void>;
  /** What came or went in a period and stands in no file; what Antom returns by itself after a cancel aside. */
  unsettled(from: Date, to: Date): Promise<readonly (ReceivedPayment | Refund)[]>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly orders: Orders;
  readonly payments: ReceivedPayments;
  readonly refunds: Refunds;
  readonly waiting: Waiting;
  readonly cases: Cases;
  readonly books: Books;
  say(news: News): Promise<void>;
}

export interface UnitOfWork {
  run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** What the merchant decides. */
export interface Policy {
  readonly latePayment: LatePayment;
}
