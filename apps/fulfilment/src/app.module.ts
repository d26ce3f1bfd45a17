import { type Tx } from '@kasir/messaging';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateCoffees1790000000001 } from '../migrations/0001-create-coffees.js';
import { COFFEES_IN, OrdersConsumer } from './inbound/orders.consumer.js';
import { CoffeeRepository } from './outbound/coffee.repository.js';
import { warmUp } from './warm-up.js';

@Module({})
class FulfilmentModule {}

const wire = ({ clock }: ServiceParts): Wiring => ({
  module: {
    module: FulfilmentModule,
    controllers: [OrdersConsumer],
    providers: [{ provide: COFFEES_IN, useValue: (tx: Tx) => new CoffeeRepository(tx) }],
  },
  warmUp: () => warmUp(clock),
});

export const migrations = [CreateCoffees1790000000001];

export const fulfilment: ServiceDefinition = { name: 'fulfilment', migrations, says: [], wire };
