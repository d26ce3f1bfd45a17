import { paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type CausedBy, type Messaging, type Outbox, type Tx } from '@kasir/messaging';
import { type Stores, type UnitOfWork } from '../application/ports.js';
import { AttemptRepository } from './attempt.repository.js';

/** Binds every port to one transaction, and what is said in it to its cause. */
export const storesIn =
  (outbox: Outbox, clock: Clock) =>
  (tx: Tx, causedBy: CausedBy | undefined): Stores => ({
    attempts: new AttemptRepository(tx, causedBy),
    say: async (news) => void (await outbox.say(tx, paymentSessions, { ...news, causedBy, at: clock.now() })),
  });

export const unitOfWork = ({ transaction, outbox }: Messaging, clock: Clock): UnitOfWork => ({
  run: (causedBy, work) => transaction((tx) => work(storesIn(outbox, clock)(tx, causedBy))),
});
