import { paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type CausedBy, type Stores, type UnitOfWork } from '../application/ports.js';
import { AttemptRepository } from './attempt.repository.js';
import { CancelRepository } from './cancel.repository.js';
import { OrderRepository } from './order.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { RefundRepository } from './refund.repository.js';
import { ReviewRepository } from './review.repository.js';

/** Binds every port to one transaction, and what is said in it to its cause. */
export const storesIn =
  (outbox: Outbox, clock: Clock) =>
  (tx: Tx, causedBy: CausedBy): Stores => ({
    orders: new OrderRepository(tx),
    attempts: new AttemptRepository(tx, causedBy),
    cancels: new CancelRepository(tx, causedBy),
    refunds: new RefundRepository(tx, causedBy),
    payments: new PaymentRepository(tx),
    reviews: new ReviewRepository(tx),
    causedBy,
    say: async (news) => void (await outbox.say(tx, paymentSessions, { ...news, causedBy, at: clock.now() })),
  });

export const unitOfWork = (
  { transaction, outbox }: Pick<Messaging, 'transaction' | 'outbox'>,
  clock: Clock,
): UnitOfWork => ({
  run: (causedBy, work) => transaction((tx) => work(storesIn(outbox, clock)(tx, causedBy))),
});
