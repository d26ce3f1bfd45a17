import { type Order } from '../domain/order.js';
import { type Merchant } from './merchant.js';
import { type Origin } from './ports.js';
import { type Tools } from './request-payment-session.js';

export interface CloseAsked {
  /** `ended`: there is nothing left to close. */
  readonly kind: 'asked' | 'ended';
  readonly order: Order;
}

/**
 * The merchant wants no more payments for an order, which need not be known here. It is said once.
 * @throws StorageUnavailable
 */
export function closeOrder(
  tools: Tools,
  origin: Origin,
  orderId: string,
  { reason, merchant }: { readonly reason: string; readonly merchant: Merchant },
): Promise<CloseAsked> {
  const now = tools.clock.now();
  return tools.unitOfWork.run(origin, async (stores) => {
    const order = await stores.orders.lockOrExpect(orderId);
    if (order.status === 'closed' || order.status === 'paid') return { kind: 'ended', order };
    if (order.status === 'closing' || order.closeRequestedAt !== null) return { kind: 'asked', order };
    await stores.orders.save({ ...order, closeRequestedAt: now });
    await stores.say({
      type: 'OrderCloseRequested',
      identity: orderId,
      data: { orderId, reason, requestedBy: merchant.name },
    });
    return { kind: 'asked', order };
  });
}
