import { type DataOf, type OrderEvent } from '@kasir/contracts';
import { advanceOrder, type Order } from '../domain/order.js';
import { type AnyEvent } from './apply-session-event.js';
import { type Stores } from './ports.js';

/** Keeps what the services publish of an order. A case about an order that is not known here is not the merchant's business. */
export async function applyOrderEvent({ orders }: Pick<Stores, 'orders'>, event: AnyEvent): Promise<void> {
  const facts = factsIn(event);
  if (facts !== undefined) return orders.settleFacts(event.data.orderId, facts);
  const next = changeBy(event);
  if (next === undefined) return;
  const { orderId } = event.data;
  const order = await (isAboutCase(event) ? orders.lock(orderId) : orders.lockOrAdd(orderId));
  if (order !== undefined) await orders.save(next(order));
}

/** An order is for what its first admitted attempt was asked for, not for what a request says that may be rejected. */
function factsIn({ type, data }: AnyEvent) {
  if (type === 'PaymentSessionCreated') return data.order;
  return type === 'PaymentSessionRejected' ? data.watch?.order : undefined;
}

const isAboutCase = ({ type }: AnyEvent): boolean =>
  type === 'OrderNeedsAttention' || type === 'OrderAttentionResolved';

function changeBy(event: AnyEvent): ((order: Order) => Order) | undefined {
  switch (event.type) {
    case 'OrderSealed':
      return (order) => advanceOrder(order, 'seal');
    case 'OrderClosed':
      return (order) => advanceOrder(order, 'close');
    case 'OrderPaid':
      return (order) => pay(order, event.data);
    case 'OrderPaymentReturned':
      return (order) => takeBack(order, event.data);
    case 'OrderRefunded':
      return event.data.kept ? (order) => ({ ...order, refunded: event.data.refunded }) : undefined;
    case 'OrderNeedsAttention':
      return (order) => ({ ...order, openCases: event.data.openCases });
    case 'OrderAttentionResolved':
      return (order) => ({ ...reopened(order, event.data.resolution), openCases: event.data.openCases });
    default:
      return undefined;
  }
}

/** A promotion makes the amount that was paid differ from the order's, so it stands in only where there is none. */
function pay(order: Order, data: DataOf<OrderEvent, 'OrderPaid'>): Order {
  const { amount, description, paidAt, paymentSessionId } = data;
  const paid = { at: new Date(paidAt), by: paymentSessionId };
  return { ...advanceOrder(order, 'pay'), facts: order.facts ?? { amount, description }, paid };
}

/** Another payment pays the order now, or none does. */
function takeBack(order: Order, { paidBy }: DataOf<OrderEvent, 'OrderPaymentReturned'>): Order {
  if (paidBy === null) return { ...advanceOrder(order, 'return'), paid: null, refunded: null };
  return order.paid === null
    ? order
    : { ...order, paid: { ...order.paid, by: paidBy.paymentSessionId }, refunded: null };
}

const reopened = (order: Order, resolution: string): Order =>
  resolution === 'new-attempt' ? advanceOrder(order, 'reopen') : order;
