import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { recordSuccess } from '../application/record-success.js';
import { STORES_IN, type StoresIn } from './stores-in.js';

@Controller()
export class PaymentsConsumer {
  constructor(@Inject(STORES_IN) private readonly storesIn: StoresIn) {}

  @EventPattern<string>(payments.name)
  async onPayment(@Payload() event: PaymentEvent, @Ctx() { tx }: EventContext): Promise<void> {
    if (event.type !== 'PaymentSucceeded') return;
    await recordSuccess(this.storesIn(tx, event), event.data.paymentSessionId);
  }
}
