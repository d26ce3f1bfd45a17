import { type Order } from '../domain/order.js';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';

/**
 * Orders that are still closing an hour after their last attempt should have ended are put before a person, once.
 * @returns those orders, at most so many
 */
export async function reportOverdue(stores: Stores, now: Date, limit: number): Promise<Order[]> {
  const overdue = await stores.orders.overdue(now, limit);
  for (const order of overdue) await report(stores, order, order.closingDueAt ?? now.toISOString());
  return overdue;
}

async function report(stores: Stores, order: Order, since: string): Promise<void> {
  await stores.orders.save({ ...order, closingDueAt: null });
  await openCase(stores, {
    ...{ kind: 'closing-overdue', orderId: order.id, paymentSessionId: null, paymentId: null },
    evidence: { ...order.seal },
    since,
  });
}
