import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hearSessionNews } from './hear-session-news.js';
import { EAR, type Ear } from './needs.js';

const handles = [
  'PaymentSessionCreated',
  'PaymentSessionRejected',
  'CancelAnswered',
  'RefundStarted',
  'RefundRejected',
  'OrderSealed',
] as const satisfies readonly PaymentSessionEvent['type'][];
type Handled = Extract<PaymentSessionEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  async onPaymentSession(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await hearSessionNews(this.ear, event, context);
  }
}
