import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { type Attempt, hasEnded } from '../domain/attempt.js';
import { advanceLock, type OrderLock } from '../domain/order-lock.js';
import { drainOrder } from './drain-order.js';
import { takeOrder } from './order-in-hand.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { stopAttempts } from './stop-attempts.js';

type Cause = DataOf<PaymentSessionEvent, 'OrderSealed'>['cause'];

/** From now on the order takes no attempt, and its used ones are cancelled where that is possible. A paid one stays paid. */
export async function sealOrder(stores: Stores, tools: Tools, orderId: string, cause: Cause): Promise<void> {
  const { lock, attempts } = await takeOrder(stores, orderId);
  const moved = advanceLock(lock, 'seal');
  if (moved.kind !== 'moved') return;
  await stores.orders.save(moved.thing);
  await stopAttempts(stores, tools, moved.thing, attempts);
  const now = tools.clock.now();
  const lastEndsAt = lastEndOf(attempts);
  await stores.say({
    type: 'OrderSealed',
    identity: orderId,
    data: {
      ...{ orderId, cause, sealedAt: now.toISOString() },
      ...(lastEndsAt === undefined ? {} : { lastEndsAt: lastEndsAt.toISOString() }),
    },
  });
  await drainOrder(stores, orderId, now);
}

/** When the last of the attempts ends of which Antom may still report money. */
const lastEndOf = (attempts: readonly Attempt[]): Date | undefined =>
  attempts
    .filter((attempt) => !hasEnded(attempt) && attempt.status !== 'waiting' && attempt.status !== 'succeeded')
    .map(({ endsAt }) => endsAt)
    .sort((a, b) => a.getTime() - b.getTime())
    .at(-1);

/** The time of an order may be over; a later token may have given it more since it was claimed. */
export const sealExpired = (unitOfWork: UnitOfWork, tools: Tools, lease: Lease<OrderLock>): Promise<void> =>
  unitOfWork.run(undefined, async (stores) => {
    const { orderId } = await stores.orders.lock(lease.thing.orderId);
    const lock = await stores.orders.leased(lease);
    if (lock?.sealsAt === undefined) return;
    if (lock.sealsAt > tools.clock.now()) return stores.orders.save(lock);
    await sealOrder(stores, tools, orderId, 'expired');
  });
