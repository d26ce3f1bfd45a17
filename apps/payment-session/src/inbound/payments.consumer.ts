import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { recordEnd } from '../application/record-end.js';
import { STORES_IN, type StoresIn } from './stores-in.js';

@Controller()
export class PaymentsConsumer {
  constructor(@Inject(STORES_IN) private readonly storesIn: StoresIn) {}

  @EventPattern<string>(payments.name)
  async onPayment(@Payload() event: PaymentEvent, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    const { paymentSessionId } = event.data;
    if (event.type === 'PaymentSucceeded') await recordEnd(stores, paymentSessionId, 'succeed');
    if (event.type === 'PaymentExpired') await recordEnd(stores, paymentSessionId, 'expire');
  }
}
