import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateOrders1790000000001 } from '../migrations/0001-create-orders.js';
import { PaymentSessionsConsumer } from './inbound/payment-sessions.consumer.js';
import { PaymentsConsumer } from './inbound/payments.consumer.js';
import { STORES_IN } from './inbound/stores-in.js';
import { storesIn } from './outbound/stores.js';

@Module({})
class OrderModule {}

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
const wire = ({ messaging, clock }: ServiceParts): Wiring => ({
  module: {
    module: OrderModule,
    controllers: [PaymentSessionsConsumer, PaymentsConsumer],
    providers: [{ provide: STORES_IN, useValue: storesIn(messaging.outbox, clock) }],
  },
});

export const migrations = [CreateOrders1790000000001];

export const order: ServiceDefinition = { name: 'order', migrations, wire };
