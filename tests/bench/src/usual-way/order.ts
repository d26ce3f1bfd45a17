import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { bootstrap } from './bootstrap.js';
import { EventsService } from './events.service.js';
import { ServiceModule } from './service.module.js';
import { topicOf } from './settings.js';

type Paid = { readonly orderId: string; readonly paymentSessionId: string; readonly paymentId: string };

@Entity()
class Order {
  @PrimaryColumn('text') id!: string;
  @Column('text') status!: 'paid';
  @Column('text') paymentSessionId!: string;
  @Column('text') paymentId!: string;
}

@Controller()
class PaymentsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly events: EventsService,
  ) {}

  @EventPattern<string>(topicOf('payments.v1'))
  async pay(@Payload() value: Paid): Promise<void> {
    const { orderId: id, ...payment } = value;
    const isNew = await this.dataSource.transaction(async (manager) => {
      if (await manager.existsBy(Order, { id })) return false;
      await manager.save(manager.create(Order, { id, status: 'paid', ...payment }));
      return true;
    });
    if (isNew) await this.events.emit('orders.v1', 'OrderPaid', id, value);
  }
}

@Module({ imports: [ServiceModule.with(Order)], controllers: [PaymentsController] })
class OrderModule {}

await bootstrap(OrderModule, 'order');
