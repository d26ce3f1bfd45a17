import { orders } from '@kasir/contracts';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateOrders1790000000001 } from '../migrations/0001-create-orders.js';
import { caseDesk } from './application/decide-cases.js';
import { type Policy } from './application/ports.js';
import { type OwnConfig } from './config.js';
import { caseVerbs } from './inbound/case-verbs.js';
import { gauges } from './inbound/gauges.js';
import { overdueClosings } from './inbound/overdue-closings.js';
import { PaymentSessionsConsumer } from './inbound/payment-sessions.consumer.js';
import { PaymentsConsumer } from './inbound/payments.consumer.js';
import { reconcileVerbs } from './inbound/reconcile-verbs.js';
import { POLICY, STORES_IN } from './inbound/stores-in.js';
import { nextOverdue } from './outbound/order.repository.js';
import { storesIn, unitOfWork } from './outbound/stores.js';
import { warmUp } from './warm-up.js';

@Module({})
class OrderModule {}

export const migrations = [CreateOrders1790000000001];

interface Pace {
  /** How often to look for orders that have been closing for too long, in milliseconds. */
  readonly pollMs?: number;
}

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
/** Orders that are closing for an hour too long can wait half a minute more. */
const lookEveryMs = 30_000;

export const orderWith = (config: OwnConfig, { pollMs = lookEveryMs }: Pace = {}): ServiceDefinition => ({
  name: 'order',
  migrations,
  says: [orders],
  wire: (parts) => wire(config, parts, pollMs),
});

/** The service of a merchant who leaves late payments to a person. */
export const order = orderWith({ LATE_PAYMENT: 'case', LATE_PAYMENT_GRACE: 1_200_000 });

function wire(config: OwnConfig, { messaging, committed, clock, logger }: ServiceParts, pollMs: number): Wiring {
  const policy: Policy = { latePayment: config.LATE_PAYMENT, graceMs: config.LATE_PAYMENT_GRACE };
  const work = unitOfWork(messaging, clock);
  return {
    module: {
      module: OrderModule,
      controllers: [PaymentSessionsConsumer, PaymentsConsumer],
      providers: [
        { provide: STORES_IN, useValue: storesIn(messaging.outbox, clock) },
        { provide: POLICY, useValue: policy },
      ],
    },
    gauges: [gauges(work, clock)],
    operator: { ...caseVerbs(caseDesk(work), clock), ...reconcileVerbs(work, clock) },
    background: overdueClosings({
      ...{ work, clock, pollMs, nextDue: nextOverdue(committed) },
      onError: (err) =>
        logger.error({ err }, 'orders that are closing for too long could not be found; it is repeated'),
    }),
    warmUp: () => warmUp(clock),
  };
}
