import 'reflect-metadata';
import { createServer } from 'node:http';
import { type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { kafkaClient as client, setting, topicOf } from './settings.js';

/** Starts a service, which consumes where it has a group. It is ready until SIGTERM. */
export async function bootstrap(module: Type, group?: string): Promise<void> {
  const app = await NestFactory.create(module, { logger: ['error', 'warn'], rawBody: true });
  app.enableShutdownHooks();
  if (group !== undefined) {
    const options = { client, consumer: { groupId: topicOf(group) }, subscribe: { fromBeginning: true } };
    app.connectMicroservice<MicroserviceOptions>({ transport: Transport.KAFKA, options });
    await app.startAllMicroservices();
  }
  await app.listen(setting('PORT'), setting('HOST'));
  const admin = createServer((_, response) => response.end('{}'));
  admin.listen(Number(setting('ADMIN_PORT')), setting('HOST')).unref();
}
