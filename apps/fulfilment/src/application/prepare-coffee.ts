import { type DataOf, type OrderEvent } from '@kasir/contracts';

export interface Coffees {
  /** False when this order's coffee stands on the counter already. */
  prepare(orderId: string, description: string, paidAt: Date): Promise<boolean>;
  /** Nobody makes it any more, because of this refund; the first one counts. */
  stop(orderId: string, refundRequestId: string): Promise<void>;
  /** Nobody waits at the counter for it. */
  close(orderId: string, cause: string): Promise<void>;
}

/** A paid order is prepared once, however often the news of it arrives. */
export const prepareCoffee = (
  coffees: Coffees,
  { orderId, description, paidAt }: DataOf<OrderEvent, 'OrderPaid'>,
): Promise<boolean> => coffees.prepare(orderId, description, new Date(paidAt));

/** A coffee is stopped when all of the money that paid for it went back; a second payment that goes back stops nothing. */
export async function hearRefund(
  coffees: Coffees,
  { orderId, refundRequestId, kept, remainder }: DataOf<OrderEvent, 'OrderRefunded'>,
): Promise<void> {
  if (kept && remainder.value === '0') await coffees.stop(orderId, refundRequestId);
}
