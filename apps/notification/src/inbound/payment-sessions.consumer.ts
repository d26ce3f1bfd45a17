import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type Tx } from '@kasir/messaging';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Stores } from '../application/ports.js';
import { watchAttempt } from '../application/watch-attempt.js';

export const STORES_IN = Symbol('stores in a transaction');

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(STORES_IN) private readonly storesIn: (tx: Tx) => Stores) {}

  @EventPattern<string>(paymentSessions.name)
  async onPaymentSession(@Payload() event: PaymentSessionEvent, @Ctx() { tx }: EventContext): Promise<void> {
    if (event.type !== 'PaymentAttemptStarted') return;
    const { orderId, paymentSessionId, paymentRequestId, amount, endsAt } = event.data;
    await watchAttempt(this.storesIn(tx), paymentRequestId, {
      orderId,
      paymentSessionId,
      amount,
      endsAt: new Date(endsAt),
      announcedBy: { id: event.id, traceparent: event.traceparent },
    });
  }
}
