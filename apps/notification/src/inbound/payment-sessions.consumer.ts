import { paymentSessions, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applyNews } from '../application/apply-news.js';
import { askAtOnce } from '../application/hurry-inquiry.js';
import { type Stores } from '../application/ports.js';
import { watchAttempt, watchRejected } from '../application/watch-attempt.js';
import { hearRefundHint, watchRefund } from '../application/watch-refund.js';
import { EAR, type Ear } from './ear.js';

type Of<Type extends PaymentSessionEvent['type']> = Extract<PaymentSessionEvent, { type: Type }>;

const handles = [
  'PaymentSessionCreated',
  'PaymentSessionRejected',
  'CancelAnswered',
  'RefundStarted',
  'RefundAnswered',
] as const satisfies readonly PaymentSessionEvent['type'][];
type Handled = Extract<PaymentSessionEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentSessionsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  async onPaymentSession(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    const stores = this.ear.storesIn(context);
    const { clock } = this.ear;
    switch (event.type) {
      case 'PaymentSessionCreated':
        return watchAttempt(stores, clock, event.data.paymentRequestId, watchOf(event, event.data));
      case 'PaymentSessionRejected':
        return this.onRejected(stores, event);
      case 'CancelAnswered':
        return this.onCancelAnswered(stores, event);
      case 'RefundStarted':
        return watchRefund(stores, event.data.refundRequestId, this.refundOf(event));
      case 'RefundAnswered': {
        const { refundRequestId, answer, code, message } = event.data;
        return hearRefundHint(stores, clock, refundRequestId, answer === 'refused' ? { code, message } : undefined);
      }
    }
  }

  private async onRejected(stores: Stores, event: Of<'PaymentSessionRejected'>): Promise<void> {
    const { paymentSessionId, stage, watch } = event.data;
    if (watch === undefined) return;
    const announce = stage === 'provider' ? watchRejected : watchAttempt;
    await announce(stores, this.ear.clock, paymentSessionId, watchOf(event, watch));
  }

  private async onCancelAnswered(stores: Stores, { data }: Of<'CancelAnswered'>): Promise<void> {
    const { clock } = this.ear;
    const { paymentRequestId } = data;
    if (data.answer === 'cancelled') return applyNews(stores, { kind: 'cancelled', paymentRequestId }, clock.now());
    await stores.payments.lock(paymentRequestId);
    await askAtOnce(stores.inquiries, clock, paymentRequestId);
  }

  private refundOf({ id, traceparent, data }: Of<'RefundStarted'>) {
    const { orderId, paymentSessionId, paymentRequestId, paymentId, amount, cause } = data;
    return {
      ...{ orderId, paymentSessionId, paymentRequestId, paymentId, amount, origin: cause },
      startedAt: this.ear.clock.now(),
      announcedBy: { id, traceparent },
    };
  }
}

type Facts = NonNullable<Of<'PaymentSessionRejected'>['data']['watch']>;

const watchOf = (
  { id, traceparent, data }: Of<'PaymentSessionCreated' | 'PaymentSessionRejected'>,
  { order, amount, endsAt }: Facts,
) => ({
  orderId: data.orderId,
  paymentSessionId: data.paymentSessionId,
  order,
  amount,
  endsAt: new Date(endsAt),
  announcedBy: { id, traceparent },
});
