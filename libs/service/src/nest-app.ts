import { connectKafka, type KafkaStrategy, OriginalErrors } from '@kasir/messaging-nest';
import { nestLogger } from '@kasir/platform';
import { type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { type ServiceDefinition, type ServiceParts } from './service-definition.js';

export interface NestApp {
  readonly app: INestApplicationContext;
  /** The published port's, for services that have one. */
  readonly http: FastifyInstance | undefined;
  /** Joins the group, then takes requests. @returns the address of the published port */
  listen(host: string): Promise<string | undefined>;
}

/** A service's module as a Nest application that listens to nothing yet. */
export async function nestApp(
  module: DynamicModule,
  strategy: KafkaStrategy,
  { http }: ServiceDefinition,
  parts: ServiceParts,
): Promise<NestApp> {
  const options = { logger: nestLogger(parts.logger), abortOnError: false };
  if (http === undefined) {
    const app = await NestFactory.createMicroservice(module, { ...options, strategy });
    app.useGlobalFilters(new OriginalErrors());
    return { app, http: undefined, listen: async () => void (await app.listen()) };
  }
  const app = await NestFactory.create<NestFastifyApplication>(module, http.adapter(), {
    ...options,
    bodyParser: false,
  });
  connectKafka(app, strategy);
  await http.prepare?.(app, parts);
  await app.init();
  return {
    app,
    http: app.getHttpAdapter().getInstance(),
    async listen(host) {
      await app.startAllMicroservices();
      await app.listen(http.port, host);
      return (await app.getUrl()).replace('[::1]', '127.0.0.1');
    },
  };
}
