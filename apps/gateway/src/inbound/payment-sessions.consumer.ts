import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hearSessionNews } from './hear-session-news.js';
import { EAR, type Ear } from './needs.js';

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(paymentSessions.name)
  async onPaymentSession(@Payload() event: PaymentSessionEvent, @Ctx() context: EventContext): Promise<void> {
    await hearSessionNews(this.ear, event, context);
  }
}
