import { type DataOf, type OrderEvent } from '@kasir/contracts';

type Of<Type extends OrderEvent['type']> = DataOf<OrderEvent, Type>;

/** A coffee, and the payment that pays for it. */
export interface Coffee {
  readonly orderId: string;
  readonly description: string;
  readonly paidAt: Date;
  readonly paymentId: string;
}

export interface Coffees {
  /** False when it is prepared already; one that was stopped is prepared again for another payment only. */
  prepare(coffee: Coffee): Promise<boolean>;
  /** No one makes it any more, because of this refund or return; the first one counts. */
  stop(orderId: string, refundId: string): Promise<void>;
  /** No one waits at the counter for it. */
  close(orderId: string, cause: string): Promise<void>;
}

/** A paid order is prepared once, however often its event arrives. */
export const prepareCoffee = (
  coffees: Coffees,
  { orderId, description, paidAt, paymentId }: Of<'OrderPaid'>,
): Promise<boolean> => coffees.prepare({ orderId, description, paidAt: new Date(paidAt), paymentId });

/** A coffee is stopped when all of the money that paid for it went back; a second payment that goes back stops nothing. */
export async function orderRefunded(
  coffees: Coffees,
  { orderId, refundId, kept, remainder }: Of<'OrderRefunded'>,
): Promise<void> {
  if (kept && remainder.value === '0') await coffees.stop(orderId, refundId);
}

/** A coffee is stopped when no payment pays for it any more. */
export async function paymentReturned(
  coffees: Coffees,
  { orderId, returnId, paidBy }: Of<'OrderPaymentReturned'>,
): Promise<void> {
  if (paidBy === null) await coffees.stop(orderId, returnId);
}
