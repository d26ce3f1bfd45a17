import { payments } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox } from '@kasir/messaging';
import { type EventContext } from '@kasir/messaging-nest';
import { type DueKind, type ReportDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { paymentInquiries, refundInquiries, RumourRepository } from './inquiry.repository.js';
import { OpenQuestionRepository } from './open-question.repository.js';
import { OutcomeRepository } from './outcome.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { waitingPayments, waitingRefunds, WaitingRoomRepository } from './waiting-news.repository.js';
import { WatchedPaymentRepository } from './watched-payment.repository.js';
import { WatchedRefundRepository } from './watched-refund.repository.js';
import { WebhookRepository } from './webhook.repository.js';

/** Binds every port to one transaction. What became due is reported after the commit. */
export const storesIn =
  (outbox: Outbox, clock: Clock, reportDue: ReportDue) =>
  ({ tx, afterCommit }: EventContext): Stores => {
    const dueAt = (kind: DueKind) => (at: Date) => afterCommit(() => reportDue(kind, at));
    return {
      payments: new WatchedPaymentRepository(tx),
      outcomes: new OutcomeRepository(tx),
      questions: new OpenQuestionRepository(tx),
      inquiries: paymentInquiries(tx, dueAt('payments')),
      rumours: new RumourRepository(tx, dueAt('payments')),
      waiting: waitingPayments(tx),
      refunds: new WatchedRefundRepository(tx),
      waitingRefunds: waitingRefunds(tx),
      refundInquiries: refundInquiries(tx, dueAt('refunds')),
      waitingRoom: new WaitingRoomRepository(tx),
      webhooks: new WebhookRepository(tx),
      quarantine: new QuarantineRepository(tx),
      say: async (news, causedBy) => void (await outbox.say(tx, payments, { ...news, causedBy, at: clock.now() })),
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
