import { type OrderEvent } from '@kasir/contracts';
import { type Order } from '../domain/order.js';
import { type Stores } from './ports.js';

/** Keeps what the order service says of an order. A case for a person is not the app's business. */
export async function applyOrderNews(stores: Pick<Stores, 'orders'>, news: OrderEvent): Promise<void> {
  if (news.type !== 'OrderOpened' && news.type !== 'OrderPaid') return;
  const known = await stores.orders.lock(news.data.orderId);
  const order = next(known, news);
  if (order !== known) await stores.orders.save(order);
}

function next(known: Order | undefined, news: Extract<OrderEvent, { type: 'OrderOpened' | 'OrderPaid' }>): Order {
  switch (news.type) {
    case 'OrderOpened': {
      const { amount, description } = news.data.order;
      return known ?? { id: news.data.orderId, status: 'open', amount, description, paid: null };
    }
    case 'OrderPaid': {
      const { orderId, amount, description, paidAt, paymentSessionId } = news.data;
      const open = known ?? { id: orderId, amount, description };
      return { ...open, status: 'paid', paid: { at: new Date(paidAt), by: paymentSessionId } };
    }
  }
}
