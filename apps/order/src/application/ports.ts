import { type OrderEvent } from '@kasir/contracts';
import { type Attempt, type Order, type Success } from '../domain/order.js';

type OrderNews<Event> = Event extends OrderEvent ? Pick<Event, 'type' | 'data'> & { readonly identity: string } : never;

/** News to be said together with the change that it reports. `identity` names the fact: the same fact has the same id. */
export type News = OrderNews<OrderEvent>;

export interface Orders {
  /** Locks the order until the transaction ends; creates it as `expected` when nobody has heard of it. */
  lock(orderId: string): Promise<Order>;
  save(order: Order): Promise<void>;
}

export interface Attempts {
  find(paymentSessionId: string): Promise<Attempt | undefined>;
  add(attempt: Attempt): Promise<void>;
}

/** Successes that arrived before their attempt did. */
export interface WaitingSuccesses {
  keep(orderId: string, success: Success): Promise<void>;
  take(paymentSessionId: string): Promise<Success[]>;
}

/** Everything a use case may touch, inside one transaction. */
export interface Stores {
  readonly orders: Orders;
  readonly attempts: Attempts;
  readonly waiting: WaitingSuccesses;
  say(news: News): Promise<void>;
}
