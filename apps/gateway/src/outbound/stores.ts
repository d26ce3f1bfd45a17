import { sessionRequests } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Origin, type Stores, type UnitOfWork } from '../application/ports.js';
import { IdempotencyKeyRepository, refundKeys, sessionKeys } from './idempotency-key.repository.js';
import { OrderRepository } from './order.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { PaymentSessionRepository } from './payment-session.repository.js';
import { RefundRepository } from './refund.repository.js';
import { answering } from './storage-faults.js';

/** Binds every port to one transaction, and what is said in it to its origin. */
export const storesIn =
  (outbox: Outbox, clock: Clock): ((tx: Tx, origin: Origin) => Stores) =>
  (tx, origin) => ({
    keys: new IdempotencyKeyRepository(tx, sessionKeys),
    sessions: new PaymentSessionRepository(tx),
    orders: new OrderRepository(tx),
    refundKeys: new IdempotencyKeyRepository(tx, refundKeys),
    payments: new PaymentRepository(tx),
    refunds: new RefundRepository(tx),
    say: async (news) => {
      await outbox.say(tx, sessionRequests, { ...news, causedBy: origin, at: clock.now() });
    },
  });

/** After the commit the relay is woken, so what was said travels at once. */
export const unitOfWork = (messaging: Messaging, clock: Clock): UnitOfWork => ({
  run: (origin, work) => answering(messaging.transaction((tx) => work(storesIn(messaging.outbox, clock)(tx, origin)))),
});
