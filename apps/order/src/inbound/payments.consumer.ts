import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Policy } from '../application/ports.js';
import { recordAttention } from '../application/record-attention.js';
import { paymentReturned, refundFailed, refundSucceeded } from '../application/record-refund.js';
import { recordSuccess } from '../application/record-success.js';
import { POLICY, STORES_IN, type StoresIn } from './stores-in.js';

const handles = [
  'PaymentSucceeded',
  'PaymentReturned',
  'PaymentNeedsAttention',
  'RefundSucceeded',
  'RefundFailed',
] as const satisfies readonly PaymentEvent['type'][];
type Handled = Extract<PaymentEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @EventPattern<string>(payments.name, { handles })
  async onPayment(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    switch (event.type) {
      case 'PaymentSucceeded':
        return recordSuccess(stores, this.policy, event.data, event.time);
      case 'PaymentReturned':
        return paymentReturned(stores, event.data, event.time);
      case 'PaymentNeedsAttention':
        return recordAttention(stores, event.data, event.time);
      case 'RefundSucceeded':
        return refundSucceeded(stores, event.data, event.time);
      case 'RefundFailed':
        return refundFailed(stores, event.data, event.time);
    }
  }
}
