import { type OrderEvent } from '@kasir/contracts';
import { type Case, type CaseStatus } from '../domain/case.js';
import { type Order } from '../domain/order.js';
import { type KnownPayment, type Payment, type ReceivedPayment } from '../domain/payment.js';
import { type MoneyBack, type Refund } from '../domain/refund.js';
import { type Recorded, type SettledRow } from '../domain/settlement.js';

export { type Policy } from '../domain/order.js';

type Outgoing<Event> = Event extends OrderEvent ? Pick<Event, 'type' | 'data'> & { readonly identity: string } : never;

/** Published together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type OutgoingEvent = Outgoing<OrderEvent>;

export interface Orders {
  /** Locks the order until the transaction ends; creates it as `open` where it is the first event that names it. */
  lock(orderId: string): Promise<Order>;
  save(order: Order): Promise<void>;
  knows(orderId: string): Promise<boolean>;
  /** Locks orders that have been closing for too long. */
  overdue(now: Date, limit: number): Promise<Order[]>;
}

export interface Payments {
  save(payment: KnownPayment): Promise<void>;
  find(payment: Payment): Promise<KnownPayment | undefined>;
  /** Duplicates of an order of which nothing has gone back; the last one first. */
  duplicatesOf(orderId: string): Promise<ReceivedPayment[]>;
}

export interface Refunds {
  save(refund: Refund): Promise<void>;
  find(id: string): Promise<Refund | undefined>;
  /** What went back of one payment. */
  of(payment: Payment): Promise<MoneyBack[]>;
}

export interface CaseEntry {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly action: 'owned' | 'refunding' | 'reopened' | 'resolved';
  readonly owner?: string;
  readonly resolution?: string;
}

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

/** The lock of their order guards them; those without an order are locked by themselves. */
export interface Cases {
  /** False when it was opened before. */
  open(opened: Case): Promise<boolean>;
  find(caseId: string): Promise<Case | undefined>;
  lock(caseId: string): Promise<Case | undefined>;
  save(changed: Case): Promise<void>;
  note(caseId: string, entry: CaseEntry): Promise<void>;
  /** All about one payment that are not resolved. */
  unresolvedOf(payment: Payment): Promise<Case[]>;
  /** The one that waits for this refund. */
  waitingFor(refundRequestId: string): Promise<Case | undefined>;
  list(query: CaseQuery): Promise<Case[]>;
  history(caseId: string): Promise<CaseEntry[]>;
  /** How many of an order are not resolved. */
  openOf(orderId: string): Promise<number>;
  load(now: Date): Promise<CaseLoad>;
}

/** What we recorded ourselves, as far as a settlement file is compared with it. */
export interface Books {
  recorded(row: SettledRow): Promise<Recorded>;
  /** Remembers that a file names it, whatever we think of the row. */
  settled(row: SettledRow, file: string): Promise<void>;
  /** What came or went in a period and stands in no file; what Antom returns by itself after a cancel aside. */
  unsettled(from: Date, to: Date): Promise<readonly (ReceivedPayment | MoneyBack)[]>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly orders: Orders;
  readonly payments: Payments;
  readonly refunds: Refunds;
  readonly cases: Cases;
  readonly books: Books;
  publish(event: OutgoingEvent): Promise<void>;
  /** A short id derived from a text. */
  idFrom(text: string): string;
}

export interface UnitOfWork {
  run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
