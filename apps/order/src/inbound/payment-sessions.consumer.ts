import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { closeOrder } from '../application/close-order.js';
import { type Policy } from '../application/ports.js';
import { refundRejected, refundStarted } from '../application/record-refund.js';
import { sealOrder } from '../application/seal-order.js';
import { POLICY, STORES_IN, type StoresIn } from './stores-in.js';

const handles = [
  'OrderSealed',
  'OrderDrained',
  'RefundStarted',
  'RefundRejected',
] as const satisfies readonly PaymentSessionEvent['type'][];
type Handled = Extract<PaymentSessionEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentSessionsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  async onPaymentSession(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    switch (event.type) {
      case 'OrderSealed':
        return sealOrder(stores, this.policy, event.data, event.time);
      case 'OrderDrained':
        return closeOrder(stores, event.data);
      case 'RefundStarted':
        return refundStarted(stores, event.data);
      case 'RefundRejected':
        return refundRejected(stores, event.data, event.time);
    }
  }
}
