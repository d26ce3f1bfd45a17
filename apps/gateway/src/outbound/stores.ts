import { sessionRequests } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Origin, type Stores, type UnitOfWork } from '../application/ports.js';
import { OrderRepository } from './order.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { PaymentSessionRepository } from './payment-session.repository.js';
import { RefundRepository } from './refund.repository.js';
import { answering } from './storage-faults.js';

/** Binds every port to one transaction, and what is published in it to its origin. */
export const storesIn =
  (outbox: Outbox, clock: Clock): ((tx: Tx, origin: Origin) => Stores) =>
  (tx, origin) => ({
    sessions: new PaymentSessionRepository(tx),
    orders: new OrderRepository(tx),
    payments: new PaymentRepository(tx),
    refunds: new RefundRepository(tx),
    publish: async (event) => {
      await outbox.say(tx, sessionRequests, { ...event, causedBy: origin, at: clock.now() });
    },
  });

/** After the commit the relay is woken, so what was published travels at once. */
export const unitOfWork = (messaging: Messaging, clock: Clock): UnitOfWork => ({
  run: (origin, work) => answering(messaging.transaction((tx) => work(storesIn(messaging.outbox, clock)(tx, origin)))),
});
