import { type Order } from '../domain/order.js';
import { type Dependencies, type Merchant, type Origin } from './ports.js';

export interface CloseAsked {
  /** `ended`: there is nothing left to close. */
  readonly kind: 'asked' | 'ended';
  readonly order: Order;
}

/**
 * The merchant wants no more payments for an order, which need not be known here. It is published once.
 * @throws StorageUnavailable
 */
export function closeOrder(
  { clock, unitOfWork }: Dependencies,
  origin: Origin,
  orderId: string,
  { reason, merchant }: { readonly reason: string; readonly merchant: Merchant },
): Promise<CloseAsked> {
  const now = clock.now();
  return unitOfWork.run(origin, async (stores) => {
    const order = await stores.orders.lockOrAdd(orderId);
    if (order.status === 'closed' || order.status === 'paid') return { kind: 'ended', order };
    if (order.status === 'closing' || order.closeRequestedAt !== null) return { kind: 'asked', order };
    await stores.orders.save({ ...order, closeRequestedAt: now });
    await stores.publish({
      type: 'OrderCloseRequested',
      identity: orderId,
      data: { orderId, reason, requestedBy: merchant.name },
    });
    return { kind: 'asked', order };
  });
}
