import { payments } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Stores, type UnitOfWork } from '../application/ports.js';
import { InquiryRepository } from './inquiry.repository.js';
import { OutcomeRepository } from './outcome.repository.js';
import { WaitingNewsRepository } from './waiting-news.repository.js';
import { WatchedPaymentRepository } from './watched-payment.repository.js';
import { WebhookRepository } from './webhook.repository.js';

/** Binds every port to one transaction. */
export const storesIn =
  (outbox: Outbox, clock: Clock) =>
  (tx: Tx): Stores => ({
    payments: new WatchedPaymentRepository(tx),
    outcomes: new OutcomeRepository(tx),
    inquiries: new InquiryRepository(tx),
    waiting: new WaitingNewsRepository(tx),
    webhooks: new WebhookRepository(tx),
    say: async (news, causedBy) => void (await outbox.say(tx, payments, { ...news, causedBy, at: clock.now() })),
  });

export const unitOfWork = (messaging: Messaging, clock: Clock): UnitOfWork => ({
  run: (work) => messaging.transaction((tx) => work(storesIn(messaging.outbox, clock)(tx))),
});
