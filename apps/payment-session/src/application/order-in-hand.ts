import { type Attempt } from '../domain/attempt.js';
import { type OrderLock } from '../domain/order-lock.js';
import { type Stores } from './ports.js';

/** An order that is ours until the transaction ends. */
export interface OrderInHand {
  readonly lock: OrderLock;
  readonly attempts: readonly Attempt[];
}

export async function takeOrder({ orders, attempts }: Stores, orderId: string): Promise<OrderInHand> {
  const lock = await orders.lock(orderId);
  return { lock, attempts: await attempts.ofOrder(orderId) };
}

export const attemptIn = ({ attempts }: OrderInHand, paymentSessionId: string): Attempt | undefined =>
  attempts.find((attempt) => attempt.paymentSessionId === paymentSessionId);

export const waitingIn = ({ attempts }: OrderInHand): Attempt | undefined =>
  attempts.find(({ status }) => status === 'waiting');
