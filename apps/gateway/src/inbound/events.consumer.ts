import {
  type OrderEvent,
  orders,
  type PaymentEvent,
  payments,
  paymentSessions,
  type PaymentSessionEvent,
} from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applyEvent } from '../application/apply-event.js';
import { type Applied } from '../application/apply-session-event.js';
import { CONSUMER_DEPENDENCIES, type ConsumerDependencies, type Log } from './dependencies.js';

const handles: readonly PaymentSessionEvent['type'][] = [
  'PaymentSessionCreated',
  'PaymentSessionRejected',
  'CancelAnswered',
  'RefundStarted',
  'RefundRejected',
  'OrderSealed',
];

/** Applies events to the projections, and wakes the callers who wait once that is committed. */
@Controller()
export class EventsConsumer {
  constructor(@Inject(CONSUMER_DEPENDENCIES) private readonly dependencies: ConsumerDependencies) {}

  @EventPattern<string>(paymentSessions.name, { handles })
  onPaymentSession(@Payload() event: PaymentSessionEvent, @Ctx() context: EventContext): Promise<void> {
    return this.apply(event, context);
  }

  @EventPattern<string>(payments.name)
  onPayment(@Payload() event: PaymentEvent, @Ctx() context: EventContext): Promise<void> {
    return this.apply(event, context);
  }

  @EventPattern<string>(orders.name)
  onOrder(@Payload() event: OrderEvent, @Ctx() context: EventContext): Promise<void> {
    return this.apply(event, context);
  }

  private async apply(
    event: PaymentSessionEvent | PaymentEvent | OrderEvent,
    { tx, afterCommit }: EventContext,
  ): Promise<void> {
    const { storesIn, onSession, onRefund, log } = this.dependencies;
    const applied = await applyEvent(storesIn(tx, event), event);
    const session = thingOf(log, event, applied.session);
    const refund = thingOf(log, event, applied.refund);
    if (session !== undefined) afterCommit(() => onSession(session));
    if (refund !== undefined) afterCommit(() => onRefund(refund));
  }
}

function thingOf<Thing>(log: Log, { type }: { readonly type: string }, applied: Applied<Thing>): Thing | undefined {
  if (applied.kind === 'unknown') log.warn({ type }, 'event ignored: unknown payment session or refund');
  if (applied.kind === 'refused') log.info({ type, reason: applied.reason }, 'event ignored: too late');
  return 'thing' in applied ? applied.thing : undefined;
}
