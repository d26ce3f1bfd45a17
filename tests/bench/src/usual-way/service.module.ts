import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsService } from './events.service.js';
import { kafkaClient as client, setting } from './settings.js';

/** What every service has: its database and a producer of events. */
@Module({})
export class ServiceModule {
  static with(entity: Type): DynamicModule {
    const options = { client, producerOnlyMode: true };
    const entities = [entity];
    return {
      module: ServiceModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: setting('DATABASE_URL'), entities, synchronize: true }),
        TypeOrmModule.forFeature(entities),
        ClientsModule.register([{ name: 'KAFKA', transport: Transport.KAFKA, options }]),
      ],
      providers: [EventsService],
      exports: [EventsService, TypeOrmModule],
    };
  }
}
