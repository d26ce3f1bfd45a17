import { type PaymentEvent, payments } from '@kasir/contracts';
import { messagingTables, Unprocessable } from '@kasir/messaging';
import { type ServiceDefinition } from '@kasir/service';
import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

class Tables1790000000001 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<void> => runner.query(messagingTables) as Promise<void>;
  down = (): Promise<void> => Promise.resolve();
}

/** Payments that the service below has a bug with, and those that it applied, in order. */
export const trouble = new Set<string>();
export const applied: string[] = [];

@Controller()
class PaymentsConsumer {
  @EventPattern<string>(payments.name)
  onPayment(@Payload() { data }: PaymentEvent): void {
    const { paymentId } = data as { paymentId: string };
    if (trouble.has(paymentId)) throw new Unprocessable(`a bug about ${paymentId}`);
    applied.push(paymentId);
  }
}

@Module({ controllers: [PaymentsConsumer] })
class OrderModule {}

/** An order service that hears payments and can be given bugs. */
export const stubbornOrder: ServiceDefinition = {
  name: 'order',
  migrations: [Tables1790000000001],
  wire: () => ({ module: { module: OrderModule } }),
};
