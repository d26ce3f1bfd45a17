import { type Clock } from '@kasir/kernel';
import { advance, type Attempt, isLiving } from '../domain/attempt.js';
import { beginWaiting } from './begin-attempt.js';
import { drainOrder } from './drain-order.js';
import { attemptIn, type OrderInHand, takeOrder, waitingIn } from './order-in-hand.js';
import { type Stores } from './ports.js';

type About = Pick<Attempt, 'orderId' | 'paymentSessionId'>;

/** An attempt has ended without money: the order may take another one, which may be waiting, or close. */
export async function attemptEnded(
  stores: Stores,
  clock: Clock,
  { orderId, paymentSessionId }: About,
  step: 'expire' | 'cancel',
): Promise<void> {
  const order = await takeOrder(stores, orderId);
  const attempt = attemptIn(order, paymentSessionId);
  const moved = attempt && advance(attempt, step);
  if (moved?.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  const waiting = waitingIn(order);
  if (waiting !== undefined && noneLivesBut(order, moved.thing))
    await beginWaiting(stores, order, waiting, clock.now());
  if (order.lock.status === 'sealed') await drainOrder(stores, orderId, clock.now());
}

const noneLivesBut = ({ attempts }: OrderInHand, { paymentSessionId }: Attempt): boolean =>
  attempts.every((attempt) => attempt.paymentSessionId === paymentSessionId || !isLiving(attempt));
