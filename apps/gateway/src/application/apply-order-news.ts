import { type DataOf, type OrderEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { advanceOrder, type Order } from '../domain/order.js';
import { type Stores } from './ports.js';

type News = OrderEvent | Extract<PaymentSessionEvent, { type: 'OrderSealed' }>;

/** Keeps what the services say of an order. A case for a person is not the app's business. */
export async function applyOrderNews(stores: Pick<Stores, 'orders'>, news: News): Promise<void> {
  const next = stepFor(news);
  if (next === undefined) return;
  const known = await stores.orders.lockOrExpect(news.data.orderId);
  await stores.orders.save(next(known));
}

function stepFor(news: News): ((order: Order) => Order) | undefined {
  switch (news.type) {
    case 'OrderSealed':
      return (order) => advanceOrder(order, 'seal');
    case 'OrderClosed':
      return (order) => advanceOrder(order, 'close');
    case 'OrderPaid':
      return (order) => pay(order, news.data);
    case 'OrderRefunded':
      return news.data.kept ? (order) => ({ ...order, refunded: news.data.refunded }) : undefined;
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
