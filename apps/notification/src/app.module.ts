import { connectAntom } from '@kasir/antom';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateWatchedPayments1790000000001 } from '../migrations/0001-create-watched-payments.js';
import { type OwnConfig } from './config.js';
import { EAR, type Ear } from './inbound/ear.js';
import { callMs, inquiriesTimer } from './inbound/inquiries.timer.js';
import { PaymentSessionsConsumer } from './inbound/payment-sessions.consumer.js';
import { rawBodies } from './inbound/raw-bodies.js';
import { SessionRequestsConsumer } from './inbound/session-requests.consumer.js';
import { WEBHOOK_PARTS, type WebhookParts, WebhooksController } from './inbound/webhooks.controller.js';
import { AntomInquiries } from './outbound/antom.inquiries.js';
import { storesIn, unitOfWork } from './outbound/stores.js';

@Module({})
class NotificationModule {}

export const migrations = [CreateWatchedPayments1790000000001];

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
export const notification = (config: OwnConfig): ServiceDefinition => ({
  name: 'notification',
  migrations,
  wire: (parts) => wire(config, parts),
  http: { port: config.PORT, adapter: rawBodies },
});

function wire(config: OwnConfig, { messaging, clock, logger }: ServiceParts): Wiring {
  const work = unitOfWork(messaging, clock);
  const ear: Ear = { storesIn: storesIn(messaging.outbox, clock), clock };
  const antom = inquiriesAt(config, { messaging, clock, logger });
  const timer = inquiriesTimer(work, { antom, clock }, logger);
  const webhookParts: WebhookParts = {
    unitOfWork: work,
    trust: { clientId: config.ANTOM_CLIENT_ID, publicKeys: config.ANTOM_PUBLIC_KEYS },
    clock,
    logger,
    prefix: config.PAYMENT_SESSION_PREFIX,
    pathPrefix: config.WEBHOOK_PATH_PREFIX,
  };
  return {
    module: {
      module: NotificationModule,
      controllers: [WebhooksController, PaymentSessionsConsumer, SessionRequestsConsumer],
      providers: [
        { provide: EAR, useValue: ear },
        { provide: WEBHOOK_PARTS, useValue: webhookParts },
      ],
    },
    background: { start: () => timer.start(), stop: async () => (await timer.stop(), antom.close()) },
  };
}

function inquiriesAt(config: OwnConfig, { clock, logger }: ServiceParts): AntomInquiries {
  const client = connectAntom(config, {
    clock,
    callMs,
    onBreaker: (health) => logger.warn({ health }, 'the breaker before Antom has moved'),
  });
  return new AntomInquiries(client, clock, (fields, message) => logger.warn(fields, message));
}
