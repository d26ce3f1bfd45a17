import { orders } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type CausedBy, type Outbox, type Tx } from '@kasir/messaging';
import { type Stores } from '../application/ports.js';
import { AttemptRepository } from './attempt.repository.js';
import { OrderRepository } from './order.repository.js';
import { WaitingSuccessRepository } from './waiting-success.repository.js';

/** Binds every port to one transaction, and what is said in it to its cause. */
export const storesIn =
  (outbox: Outbox, clock: Clock): ((tx: Tx, causedBy: CausedBy) => Stores) =>
  (tx, causedBy) => ({
    orders: new OrderRepository(tx),
    attempts: new AttemptRepository(tx),
    waiting: new WaitingSuccessRepository(tx),
    say: async (news) => void (await outbox.say(tx, orders, { ...news, causedBy, at: clock.now() })),
  });
