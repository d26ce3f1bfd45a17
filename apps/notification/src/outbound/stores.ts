import { payments } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Stores, type UnitOfWork } from '../application/ports.js';
import { paymentInquiries, refundInquiries, RumourRepository } from './inquiry.repository.js';
import { OpenQuestionRepository } from './open-question.repository.js';
import { OutcomeRepository } from './outcome.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { waitingPayments, waitingRefunds, WaitingRoomRepository } from './waiting-news.repository.js';
import { WatchedPaymentRepository } from './watched-payment.repository.js';
import { WatchedRefundRepository } from './watched-refund.repository.js';
import { WebhookRepository } from './webhook.repository.js';

/** Binds every port to one transaction. */
export const storesIn =
  (outbox: Outbox, clock: Clock) =>
  (tx: Tx): Stores => ({
    payments: new WatchedPaymentRepository(tx),
    outcomes: new OutcomeRepository(tx),
    questions: new OpenQuestionRepository(tx),
    inquiries: paymentInquiries(tx),
    rumours: new RumourRepository(tx),
    waiting: waitingPayments(tx),
    refunds: new WatchedRefundRepository(tx),
    waitingRefunds: waitingRefunds(tx),
    refundInquiries: refundInquiries(tx),
    waitingRoom: new WaitingRoomRepository(tx),
    webhooks: new WebhookRepository(tx),
    quarantine: new QuarantineRepository(tx),
    say: async (news, causedBy) => void (await outbox.say(tx, payments, { ...news, causedBy, at: clock.now() })),
  });

export const unitOfWork = (messaging: Messaging, clock: Clock): UnitOfWork => ({
  run: (work) => messaging.transaction((tx) => work(storesIn(messaging.outbox, clock)(tx))),
});
