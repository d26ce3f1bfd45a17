import { type OrderEvent, orders } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applyOrderNews } from '../application/apply-order-news.js';
import { EAR, type Ear } from './needs.js';

const handles = ['OrderPaid', 'OrderRefunded', 'OrderClosed'] as const satisfies readonly OrderEvent['type'][];
type Handled = Extract<OrderEvent, { type: (typeof handles)[number] }>;

@Controller()
export class OrdersConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(orders.name, { handles })
  async onOrder(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    await applyOrderNews(this.ear.storesIn(tx, event), event);
  }
}
