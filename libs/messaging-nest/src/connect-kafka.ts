import { type INestApplication } from '@nestjs/common';
import { type NestMicroservice } from '@nestjs/microservices';
import { type KafkaStrategy } from './kafka-strategy.js';
import { OriginalErrors } from './original-errors.filter.js';

/** Adds Kafka to an application. Handlers are heard after `app.startAllMicroservices()`, which waits for the group. */
export function connectKafka(app: INestApplication, strategy: KafkaStrategy): void {
  const microservice = app.connectMicroservice({ strategy }, { deferInitialization: true }) as NestMicroservice;
  microservice.useGlobalFilters(new OriginalErrors());
  // The application runs the hooks of the modules that both share.
  microservice.setIsInitHookCalled(true);
}
