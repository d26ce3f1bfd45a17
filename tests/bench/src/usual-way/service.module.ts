import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxMessage, OutboxService } from './outbox.service.js';
import { kafkaClient as client, setting } from './settings.js';

/** What every service has: its database, its outbox and a producer. */
@Module({})
export class ServiceModule {
  static with(entity: Type): DynamicModule {
    const options = { client, producerOnlyMode: true };
    const entities = [OutboxMessage, entity];
    return {
      module: ServiceModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: setting('DATABASE_URL'), entities, synchronize: true }),
        TypeOrmModule.forFeature(entities),
        ClientsModule.register([{ name: 'KAFKA', transport: Transport.KAFKA, options }]),
      ],
      providers: [OutboxService],
      exports: [OutboxService, TypeOrmModule],
    };
  }
}
