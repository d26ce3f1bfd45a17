import { type ConfigOf } from '@kasir/platform';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateWatchedPayments1790000000001 } from '../migrations/0001-create-watched-payments.js';
import { type settings } from './config.js';
import { PaymentSessionsConsumer, STORES_IN } from './inbound/payment-sessions.consumer.js';
import { rawBodies } from './inbound/raw-bodies.js';
import { WEBHOOK_PARTS, type WebhookParts, WebhooksController } from './inbound/webhooks.controller.js';
import { storesIn, unitOfWork } from './outbound/stores.js';

@Module({})
class NotificationModule {}

export const migrations = [CreateWatchedPayments1790000000001];

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
export const notification = (config: ConfigOf<typeof settings>): ServiceDefinition => ({
  name: 'notification',
  migrations,
  wire: (parts) => wire(config, parts),
  http: { port: config.PORT, adapter: rawBodies },
});

function wire(config: ConfigOf<typeof settings>, { messaging, clock, logger }: ServiceParts): Wiring {
  const webhookParts: WebhookParts = {
    unitOfWork: unitOfWork(messaging, clock),
    trust: { clientId: config.ANTOM_CLIENT_ID, publicKeys: config.ANTOM_PUBLIC_KEYS },
    clock,
    logger,
    prefix: config.PAYMENT_SESSION_PREFIX,
    pathPrefix: config.WEBHOOK_PATH_PREFIX,
  };
  return {
    module: {
      module: NotificationModule,
      controllers: [WebhooksController, PaymentSessionsConsumer],
      providers: [
        { provide: STORES_IN, useValue: storesIn(messaging.outbox, clock) },
        { provide: WEBHOOK_PARTS, useValue: webhookParts },
      ],
    },
  };
}
