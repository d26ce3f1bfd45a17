import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applySuccess } from '../application/apply-success.js';
import { reportMismatch } from '../application/report-mismatch.js';
import { STORES_IN, type StoresIn } from './stores-in.js';

@Controller()
export class PaymentsConsumer {
  constructor(@Inject(STORES_IN) private readonly storesIn: StoresIn) {}

  @EventPattern<string>(payments.name)
  async onPayment(@Payload() event: PaymentEvent, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    switch (event.type) {
      case 'PaymentSucceeded':
        return applySuccess(stores, event.data.orderId, event.data);
      case 'PaymentMismatched':
        return reportMismatch(stores, event.data);
      case 'PaymentPending':
      case 'PaymentFailed':
      case 'PaymentExpired':
      case 'PaymentNeedsAttention':
        return;
    }
  }
}
