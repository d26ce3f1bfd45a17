import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Stores } from './ports.js';

/** An order is for what its first admitted attempt was asked for, not for what a request says that may be rejected. */
export async function settleOrderFacts(
  { orders }: Pick<Stores, 'orders'>,
  event: PaymentSessionEvent | PaymentEvent,
): Promise<void> {
  const facts = factsIn(event);
  if (facts !== undefined) await orders.settleFacts(event.data.orderId, facts);
}

function factsIn({ type, data }: PaymentSessionEvent | PaymentEvent) {
  if (type === 'PaymentSessionCreated') return data.order;
  return type === 'PaymentSessionRejected' ? data.watch?.order : undefined;
}
