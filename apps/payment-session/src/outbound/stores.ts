import { paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox } from '@kasir/messaging';
import { type EventContext } from '@kasir/messaging-nest';
import { type CausedBy, type DueKind, type ReportDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { AttemptRepository } from './attempt.repository.js';
import { CancelRepository } from './cancel.repository.js';
import { OrderRepository } from './order.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { RefundRepository } from './refund.repository.js';

/** Binds every port to one transaction, and what is published in it to its cause. What became due is reported after the commit. */
export const storesIn =
  (outbox: Outbox, clock: Clock, reportDue: ReportDue) =>
  ({ tx, afterCommit }: EventContext, causedBy: CausedBy): Stores => {
    const dueAt = (kind: DueKind) => (at: Date) => afterCommit(() => reportDue(kind, at));
    return {
      orders: new OrderRepository(tx, dueAt('seals')),
      attempts: new AttemptRepository(tx, causedBy, dueAt('sessions')),
      cancels: new CancelRepository(tx, causedBy, dueAt('cancels')),
      refunds: new RefundRepository(tx, causedBy, dueAt('refunds')),
      payments: new PaymentRepository(tx),
      causedBy,
      say: (event) => outbox.say(tx, paymentSessions, { ...event, causedBy, at: clock.now() }),
    };
  };

export const unitOfWork = (
  { transaction, outbox }: Pick<Messaging, 'transaction' | 'outbox'>,
  clock: Clock,
  reportDue: ReportDue,
): UnitOfWork => ({
  async run(causedBy, work) {
    const reports: (() => unknown)[] = [];
    const afterCommit = (report: () => unknown) => void reports.push(report);
    const result = await transaction((tx) => work(storesIn(outbox, clock, reportDue)({ tx, afterCommit }, causedBy)));
    for (const report of reports) report();
    return result;
  },
});
