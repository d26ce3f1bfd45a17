import { type AnySubscription, type Consumer, type Messaging } from '@kasir/messaging';
import { KafkaStrategy, OriginalErrors } from '@kasir/messaging-nest';
import { type Logger, nestLogger } from '@kasir/platform';
import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ServiceDefinition } from '../service-definition.js';

/** What a service's module would hear. Nothing is heard, and no door opens. */
export async function heardBy(
  module: DynamicModule,
  { whenPoisoned }: Pick<ServiceDefinition, 'whenPoisoned'>,
  messaging: Messaging,
  logger: Logger,
): Promise<{ subscriptions: readonly AnySubscription[]; close(): Promise<void> }> {
  const subscriptions: AnySubscription[] = [];
  const listening: Messaging = {
    ...messaging,
    consumer: (asked) => {
      subscriptions.push(...(asked as readonly AnySubscription[]));
      return deaf;
    },
  };
  const strategy = new KafkaStrategy({ messaging: listening, whenPoisoned });
  const app = await NestFactory.createMicroservice(module, {
    logger: nestLogger(logger),
    abortOnError: false,
    strategy,
  });
  app.useGlobalFilters(new OriginalErrors());
  await app.listen();
  return { subscriptions, close: () => app.close() };
}

const deaf: Consumer = {
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  health: () => ({ ok: false, reason: 'a replay takes no work' }),
  stats: () => {
    throw new Error('a replay has no statistics of a consumer');
  },
};
