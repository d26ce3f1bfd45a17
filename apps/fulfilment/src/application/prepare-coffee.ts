import { type DataOf, type OrderEvent } from '@kasir/contracts';

export interface Coffees {
  /** False when this order's coffee stands on the counter already. */
  prepare(orderId: string, description: string, paidAt: Date): Promise<boolean>;
}

/** A paid order is prepared once, however often the news of it arrives. */
export const prepareCoffee = (
  coffees: Coffees,
  { orderId, description, paidAt }: DataOf<OrderEvent, 'OrderPaid'>,
): Promise<boolean> => coffees.prepare(orderId, description, new Date(paidAt));
