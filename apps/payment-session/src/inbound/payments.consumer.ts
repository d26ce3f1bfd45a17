import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Tools } from '../application/ports.js';
import { recordPayment } from '../application/record-payment.js';
import { STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

const handles = [
  'PaymentPending',
  'PaymentSucceeded',
  'PaymentFailed',
  'PaymentExpired',
  'PaymentCancelled',
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
    @Inject(TOOLS) private readonly tools: Tools,
  ) {}

  @EventPattern<string>(payments.name, { handles })
  async onPayment(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await recordPayment(this.storesIn(context, event), this.tools, event);
  }
}
