import { payments } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type EventContext } from '@kasir/messaging-nest';
import { type DueKind, type NextDue, type ReportDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { OutcomeRepository } from './outcome.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { RefundRepository } from './refund.repository.js';
import { UnmatchedRepository } from './unmatched.repository.js';
import { WebhookRepository } from './webhook.repository.js';

/** Binds every port to one transaction. What became due is reported after the commit. */
export const storesIn =
  (outbox: Outbox, clock: Clock, reportDue: ReportDue) =>
  ({ tx, afterCommit }: EventContext): Stores => {
    const dueAt = (kind: DueKind) => (at: Date) => afterCommit(() => reportDue(kind, at));
    return {
      payments: new PaymentRepository(tx, dueAt('payments')),
      outcomes: new OutcomeRepository(tx),
      refunds: new RefundRepository(tx, dueAt('refunds')),
      unmatched: new UnmatchedRepository(tx),
      webhooks: new WebhookRepository(tx),
      quarantine: new QuarantineRepository(tx),
      publish: async (event, causedBy) =>
        void (await outbox.say(tx, payments, { ...event, causedBy, at: clock.now() })),
    };
  };

export const unitOfWork = (
  { transaction, outbox }: Pick<Messaging, 'transaction' | 'outbox'>,
  clock: Clock,
  reportDue: ReportDue,
): UnitOfWork => ({
  async run(work) {
    const reports: (() => unknown)[] = [];
    const afterCommit = (report: () => unknown) => void reports.push(report);
    const result = await transaction((tx) => work(storesIn(outbox, clock, reportDue)({ tx, afterCommit })));
    for (const report of reports) report();
    return result;
  },
});

const earliest = (table: string): string =>
  `(select min(due_at) from ${table} where due_at is not null and (leased_until is null or leased_until <= $1))`;
const earliestOfAll = `select ${earliest('payments')} as payments, ${earliest('refunds')} as refunds`;

/** One statement, which reads the first entries of each table's index. */
export const nextDue =
  (committed: Tx): NextDue =>
  async (now) =>
    (await committed.query<Record<DueKind, Date | null>>(earliestOfAll, [now]))[0]!;
