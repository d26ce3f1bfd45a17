import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { watchAttempt } from '../application/watch-attempt.js';
import { EAR, type Ear } from './ear.js';

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(paymentSessions.name)
  async onPaymentSession(@Payload() event: PaymentSessionEvent, @Ctx() { tx }: EventContext): Promise<void> {
    if (event.type !== 'PaymentAttemptStarted') return;
    const { orderId, paymentSessionId, paymentRequestId, amount, endsAt } = event.data;
    await watchAttempt(this.ear.storesIn(tx), this.ear.clock, paymentRequestId, {
      orderId,
      paymentSessionId,
      amount,
      endsAt: new Date(endsAt),
      announcedBy: { id: event.id, traceparent: event.traceparent },
    });
  }
}
