import { type Draft, insert, type Table } from '@kasir/testing/memory';
import { type NewEvent, type Outcome, type Stores } from '../application/ports.js';
import { type KeptWebhook } from '../application/webhook-ports.js';
import { type Inquired } from '../domain/inquiry-plan.js';
import { type Announcement, expectedPayment, type WatchedPayment } from '../domain/watched-payment.js';
import { expectedRefund, type WatchedRefund } from '../domain/watched-refund.js';
import { inMemoryQuarantine } from './quarantine.js';

/** A row of `payments` or `refunds`, as far as inquiries go. */
export type InquiredRow = Inquired;

/** When a row can be inquired about next. */
export function dueAt({ plan, lease }: InquiredRow): Date | undefined {
  return plan === null || lease.until === null || plan.dueAt > lease.until ? plan?.dueAt : lease.until;
}

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
const done = (_: unknown): Promise<void> => Promise.resolve();

/** The ports of notification over the tables of one transaction, with the rules of its SQL. */
export function notificationStores(
  draft: Draft,
  say: (event: NewEvent, causedBy: Announcement) => Promise<void>,
): Stores {
  const payments = draft.table<WatchedPayment>('payments');
  const outcomes = draft.table<Outcome>('outcomes');
  const refunds = draft.table<WatchedRefund>('refunds');
  const webhooks = () => draft.table<KeptWebhook>('webhooks');
  const ofOrder = (orderId: string) =>
    [...payments]
      .filter(([, { watch, plan }]) => watch?.orderId === orderId && plan !== null)
      .map(([id]) => payments.hold(id)!);

  return {
    publish: say,
    payments: {
      ...inquired(payments, expectedPayment),
      find(about) {
        if ('paymentRequestId' in about) return soon(payments.get(about.paymentRequestId) ?? null);
        const named = [...outcomes.values()].find(({ paymentId }) => paymentId === about.paymentId);
        return soon((named && payments.get(named.paymentRequestId)) ?? null);
      },
      ofOrder: (orderId) => soon(ofOrder(orderId)),
      freeOfOrder: (orderId) => soon(ofOrder(orderId)),
      save: (payment) => done(payments.set(payment.paymentRequestId, payment)),
    },
    outcomes: {
      claim: (outcome) => soon(insert(outcomes, nameOf(outcome), outcome)),
      of: (id) => soon([...outcomes.values()].filter(({ paymentRequestId }) => paymentRequestId === id)),
    },
    refunds: {
      ...inquired(refunds, expectedRefund),
      save: (refund) => done(refunds.set(refund.refundRequestId, refund)),
      ofPayment: (id) => soon([...refunds.values()].filter(({ watch }) => watch?.paymentRequestId === id)),
    },
    unmatched: unmatched(payments, refunds),
    webhooks: {
      keep: (kept) => done(kept.forEach((webhook) => webhooks().set(String(webhooks().size), webhook))),
      foreign(limit) {
        const foreign = [...webhooks().values()].filter((webhook) => webhook.foreign).slice(-limit);
        return soon(foreign.map(({ about, webhook: { receivedAt } }) => ({ about, receivedAt })).reverse());
      },
    },
    quarantine: inMemoryQuarantine(draft),
  };
}

const nameOf = ({ paymentRequestId, paymentId, outcome }: Outcome): string =>
  [paymentRequestId, paymentId, outcome].join('/');

function inquired<Row extends Inquired>(rows: Table<Row>, expected: (id: string) => Row) {
  return {
    lock(id: string): Promise<Row> {
      const row = rows.hold(id) ?? expected(id);
      insert(rows, id, row);
      return soon(row);
    },
    claimDue(now: Date, until: Date, limit: number): Promise<Row[]> {
      const due = [...rows].flatMap(([id, row]) => {
        const at = dueAt(row);
        return at !== undefined && at <= now ? [{ id, row, at: row.plan!.dueAt.getTime() }] : [];
      });
      const taken = due.toSorted((one, other) => one.at - other.at).slice(0, limit);
      return soon(
        taken.map(({ id, row }) => {
          const leased = { ...row, lease: { version: row.lease.version + 1, until } };
          rows.set(id, leased);
          return leased;
        }),
      );
    },
  };
}

function unmatched(payments: Table<WatchedPayment>, refunds: Table<WatchedRefund>): Stores['unmatched'] {
  const all = () =>
    [
      ...[...payments.values()].map((row) => ({
        about: 'payment' as const,
        id: row.paymentRequestId,
        kept: row.waiting,
      })),
      ...[...refunds.values()].map((row) => ({
        about: 'refund' as const,
        id: row.refundRequestId,
        kept: row.waiting,
      })),
    ]
      .flatMap(({ about, id, kept }) =>
        kept.map(({ update: { kind }, since }) => ({ about, id, kind, since: new Date(since) })),
      )
      .toSorted((one, other) => one.since.getTime() - other.since.getTime());
  return {
    list: (limit) => soon(all().slice(0, limit)),
    overdue(before) {
      const overdue = all().filter(({ since }) => since <= before);
      return soon({ count: overdue.length, oldest: overdue[0]?.since ?? null });
    },
  };
}
