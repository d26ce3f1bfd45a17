import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { endAttempt } from '../application/end-attempt.js';
import { type Policy } from '../application/ports.js';
import { noteUnrefunded, reportAttempt } from '../application/report-trouble.js';
import { sealOrder } from '../application/seal-order.js';
import { startAttempt } from '../application/start-attempt.js';
import { POLICY, STORES_IN, type StoresIn } from './stores-in.js';

const handles = [
  'PaymentAttemptStarted',
  'PaymentSessionRejected',
  'OrderSealed',
  'AttemptNeedsAttention',
  'RefundRejected',
] as const satisfies readonly PaymentSessionEvent['type'][];
type Handled = Extract<PaymentSessionEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentSessionsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  async onPaymentSession(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    switch (event.type) {
      case 'PaymentAttemptStarted':
        return startAttempt(stores, this.policy, event.data);
      case 'PaymentSessionRejected':
        // One that the guard refused never started, and one that was abandoned ends with an answered inquiry.
        if (event.data.stage === 'provider') await endAttempt(stores, event.data, 'never-existed');
        return;
      case 'OrderSealed':
        return sealOrder(stores, event.data);
      case 'AttemptNeedsAttention':
        return reportAttempt(stores, event.data, event.time);
      case 'RefundRejected':
        return noteUnrefunded(stores, event.data, event.time);
    }
  }
}
