import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hearSessionNews } from './hear-session-news.js';
import { EAR, type Ear } from './needs.js';

const handles = [
  'PaymentPending',
  'PaymentSucceeded',
  'PaymentFailed',
  'PaymentMismatched',
  'PaymentCancelled',
  'PaymentReceivedAfterCancel',
  'PaymentExpired',
  'RefundSucceeded',
  'RefundFailed',
] as const satisfies readonly PaymentEvent['type'][];
type Handled = Extract<PaymentEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(payments.name, { handles })
  async onPayment(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await hearSessionNews(this.ear, event, context);
  }
}
