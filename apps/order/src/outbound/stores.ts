import { orders } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type CausedBy, type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Stores, type UnitOfWork } from '../application/ports.js';
import { OwnBooks } from './books.js';
import { CaseRepository } from './case.repository.js';
import { idFrom } from './id-from.js';
import { OrderRepository } from './order.repository.js';
import { PaymentRepository } from './payment.repository.js';
import { RefundRepository } from './refund.repository.js';

/** Binds every port to one transaction, and what is published in it to its cause; what an operator decides has none. */
export const storesIn =
  (outbox: Outbox, clock: Clock): ((tx: Tx, causedBy?: CausedBy) => Stores) =>
  (tx, causedBy) => ({
    orders: new OrderRepository(tx),
    payments: new PaymentRepository(tx),
    refunds: new RefundRepository(tx),
    cases: new CaseRepository(tx),
    books: new OwnBooks(tx),
    publish: async (event) => void (await outbox.say(tx, orders, { ...event, causedBy, at: clock.now() })),
    idFrom,
  });

export const unitOfWork = (messaging: Messaging, clock: Clock): UnitOfWork => ({
  run: (work) => messaging.transaction((tx) => work(storesIn(messaging.outbox, clock)(tx))),
});
