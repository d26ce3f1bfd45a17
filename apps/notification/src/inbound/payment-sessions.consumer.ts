import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applyUpdate } from '../application/apply-update.js';
import { hurryInquiry } from '../application/hurry-inquiry.js';
import { type Stores } from '../application/ports.js';
import { rememberCancel, watchAttempt } from '../application/watch-attempt.js';
import { hintAtRefund, watchRefund } from '../application/watch-refund.js';
import { watchSealed } from '../application/watch-siblings.js';
import { atOnce } from '../domain/inquiry-plan.js';
import { type RefundWatch } from '../domain/watched-refund.js';
import { type Watch } from '../domain/watched-payment.js';
import { CONSUMER_DEPENDENCIES, type ConsumerDependencies } from './consumer-dependencies.js';

type Of<Type extends PaymentSessionEvent['type']> = Extract<PaymentSessionEvent, { type: Type }>;

const handles = [
  'PaymentSessionCreated',
  'PaymentSessionRejected',
  'CancelStarted',
  'CancelAnswered',
  'RefundStarted',
  'RefundAnswered',
  'OrderSealed',
] as const satisfies readonly PaymentSessionEvent['type'][];
type Handled = Extract<PaymentSessionEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(CONSUMER_DEPENDENCIES) private readonly dependencies: ConsumerDependencies) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  async onPaymentSession(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    const stores = this.dependencies.storesIn(context);
    const { clock } = this.dependencies;
    switch (event.type) {
      case 'PaymentSessionCreated': {
        const { paymentSessionId: paymentRequestId, supersedes = [] } = event.data;
        return watchAttempt(stores, clock, { paymentRequestId, watch: watchOf(event, event.data), supersedes });
      }
      case 'PaymentSessionRejected':
        return this.onRejected(stores, event);
      case 'CancelStarted':
        return rememberCancel(stores, clock, event.data.paymentSessionId);
      case 'CancelAnswered':
        return this.onCancelAnswered(stores, event);
      case 'RefundStarted':
        return watchRefund(stores, event.data.refundRequestId, refundOf(event, clock.now()));
      case 'RefundAnswered': {
        const { refundRequestId, answer, code, message } = event.data;
        return hintAtRefund(stores, clock, refundRequestId, answer === 'refused' ? { code, message } : undefined);
      }
      case 'OrderSealed':
        return watchSealed(stores, event.data.orderId, clock.now());
    }
  }

  private async onRejected(stores: Stores, event: Of<'PaymentSessionRejected'>): Promise<void> {
    const { paymentSessionId: paymentRequestId, stage, watch: facts } = event.data;
    if (facts === undefined) return;
    const isRefused = stage === 'provider';
    await watchAttempt(stores, this.dependencies.clock, { paymentRequestId, watch: watchOf(event, facts), isRefused });
  }

  private async onCancelAnswered(stores: Stores, { data }: Of<'CancelAnswered'>): Promise<void> {
    const { clock } = this.dependencies;
    const { paymentSessionId: paymentRequestId, answer } = data;
    if (answer === 'cancelled') await applyUpdate(stores, { kind: 'cancelled', paymentRequestId }, clock.now());
    else await hurryInquiry(stores, clock, paymentRequestId, atOnce);
  }
}

type Facts = NonNullable<Of<'PaymentSessionRejected'>['data']['watch']>;

const watchOf = (
  { id, traceparent, data }: Of<'PaymentSessionCreated' | 'PaymentSessionRejected'>,
  { order, amount, sessionExpiresAt, endsAt }: Facts,
): Watch => ({
  ...{ orderId: data.orderId, order, amount, sessionExpiresAt, endsAt },
  announcedBy: { id, traceparent },
});

const refundOf = ({ id, traceparent, data }: Of<'RefundStarted'>, now: Date): RefundWatch => ({
  ...{ orderId: data.orderId, paymentRequestId: data.paymentSessionId, paymentId: data.paymentId },
  ...{ amount: data.amount, startedAt: now.toISOString() },
  announcedBy: { id, ...(traceparent === undefined ? {} : { traceparent }) },
});
