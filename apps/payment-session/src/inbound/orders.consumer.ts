import { type OrderEvent, orders } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { giveBack } from '../application/give-back.js';
import { type Tools } from '../application/ports.js';
import { resolveCase } from '../application/resolve-case.js';
import { STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

const handles = ['OrderAttentionResolved', 'OrderRefunded'] as const satisfies readonly OrderEvent['type'][];
type Handled = Extract<OrderEvent, { type: (typeof handles)[number] }>;

@Controller()
export class OrdersConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(TOOLS) private readonly tools: Tools,
  ) {}

  /** Money that went back outside of Antom is told here only; payments.v1 tells of the rest. */
  @EventPattern<string>(orders.name, { handles })
  async onOrder(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    const stores = this.storesIn(context, event);
    if (event.type === 'OrderAttentionResolved') await resolveCase(stores, this.tools, event.data);
    else if (event.data.origin === 'outside') await giveBack(stores, event.data);
  }
}
