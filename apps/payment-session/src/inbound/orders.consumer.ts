import { type OrderEvent, orders } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Tools } from '../application/ports.js';
import { applyResolution } from '../application/review-order.js';
import { STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

const handles = ['OrderAttentionResolved'] as const satisfies readonly OrderEvent['type'][];
type Handled = Extract<OrderEvent, { type: (typeof handles)[number] }>;

@Controller()
export class OrdersConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(TOOLS) private readonly tools: Tools,
  ) {}

  @EventPattern<string>(orders.name, { handles })
  async onOrder(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await applyResolution(this.storesIn(context, event), this.tools.clock, event.data);
  }
}
