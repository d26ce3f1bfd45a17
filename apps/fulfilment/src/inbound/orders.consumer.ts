import { type OrderEvent, orders } from '@kasir/contracts';
import { type Tx } from '@kasir/messaging';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Coffees, orderRefunded, paymentReturned, prepareCoffee } from '../application/prepare-coffee.js';

export const COFFEES_IN = Symbol('coffees in a transaction');

const handles = [
  'OrderPaid',
  'OrderPaymentReturned',
  'OrderRefunded',
  'OrderClosed',
] as const satisfies readonly OrderEvent['type'][];
type Handled = Extract<OrderEvent, { type: (typeof handles)[number] }>;

@Controller()
export class OrdersConsumer {
  constructor(@Inject(COFFEES_IN) private readonly coffeesIn: (tx: Tx) => Coffees) {}

  @EventPattern<string>(orders.name, { handles })
  async onOrder(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    const coffees = this.coffeesIn(tx);
    if (event.type === 'OrderPaid') await prepareCoffee(coffees, event.data);
    if (event.type === 'OrderPaymentReturned') await paymentReturned(coffees, event.data);
    if (event.type === 'OrderRefunded') await orderRefunded(coffees, event.data);
    if (event.type === 'OrderClosed') await coffees.close(event.data.orderId, event.data.cause);
  }
}
