import { orders } from '@kasir/contracts';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateOrders1790000000001 } from '../migrations/0001-create-orders.js';
import { caseDesk } from './application/decide-cases.js';
import { type Policy } from './application/ports.js';
import { type OwnConfig } from './config.js';
import { caseVerbs } from './inbound/case-verbs.js';
import { gauges } from './inbound/gauges.js';
import { PaymentSessionsConsumer } from './inbound/payment-sessions.consumer.js';
import { PaymentsConsumer } from './inbound/payments.consumer.js';
import { reconcileVerbs } from './inbound/reconcile-verbs.js';
import { readBack } from './inbound/read-back.js';
import { POLICY, STORES_IN } from './inbound/stores-in.js';
import { storesIn, unitOfWork } from './outbound/stores.js';
import { warmUp } from './warm-up.js';

@Module({})
class OrderModule {}

export const migrations = [CreateOrders1790000000001];

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
export const orderWith = (config: OwnConfig): ServiceDefinition => ({
  name: 'order',
  migrations,
  says: [orders],
  wire: (parts) => wire(config, parts),
});

/** The service of a merchant who leaves late payments to a person. */
export const order = orderWith({ LATE_PAYMENT: 'case' });

function wire(config: OwnConfig, { messaging, clock }: ServiceParts): Wiring {
  const policy: Policy = { latePayment: config.LATE_PAYMENT };
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
    warmUp: () => warmUp(clock),
    readBack: readBack(storesIn(messaging.outbox, clock)),
  };
}
