import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { startAttempt } from '../application/start-attempt.js';
import { STORES_IN, type StoresIn } from './stores-in.js';

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(STORES_IN) private readonly storesIn: StoresIn) {}

  @EventPattern<string>(paymentSessions.name)
  async onPaymentSession(@Payload() event: PaymentSessionEvent, @Ctx() { tx }: EventContext): Promise<void> {
    if (event.type !== 'PaymentAttemptStarted') return;
    await startAttempt(this.storesIn(tx, event), event.data);
  }
}
