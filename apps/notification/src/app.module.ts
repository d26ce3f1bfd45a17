import { antomGauges, connectAntom } from '@kasir/antom';
import { payments } from '@kasir/contracts';
import { type Background, type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateWatchedPayments1790000000001 } from '../migrations/0001-create-watched-payments.js';
import { type ReportDue } from './application/ports.js';
import { QuarantineQueue } from './application/quarantine-queue.js';
import { WebhookGroups } from './application/webhook-groups.js';
import { type OwnConfig } from './config.js';
import { CONSUMER_DEPENDENCIES, type ConsumerDependencies } from './inbound/consumer-dependencies.js';
import { gauges } from './inbound/gauges.js';
import { operatorVerbs } from './inbound/operator-verbs.js';
import { PaymentSessionsConsumer } from './inbound/payment-sessions.consumer.js';
import { rawBodies } from './inbound/raw-bodies.js';
import { SessionRequestsConsumer } from './inbound/session-requests.consumer.js';
import { callMs, inquirySchedule, UnmatchedAlarm } from './inbound/timers.js';
import { webhookReader } from './inbound/webhook-reader.js';
import { WEBHOOK_DEPENDENCIES, type WebhookDependencies, WebhooksController } from './inbound/webhooks.controller.js';
import { AntomInquiries } from './outbound/antom.inquiries.js';
import { nextDue, storesIn, unitOfWork } from './outbound/stores.js';
import { NotificationWarmUp } from './warm-up.js';

@Module({})
class NotificationModule {}

export const migrations = [CreateWatchedPayments1790000000001];

interface Pace {
  /** How often to look for due inquiries that this instance does not know of, in milliseconds. */
  readonly pollMs?: number;
}

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
export const notification = (config: OwnConfig, { pollMs }: Pace = {}): ServiceDefinition => ({
  name: 'notification',
  migrations,
  says: [payments],
  wire: (parts) => wire(config, parts, pollMs),
  http: { port: config.PORT, adapter: rawBodies },
});

function wire(
  config: OwnConfig,
  { messaging, committed, clock, logger }: ServiceParts,
  pollMs: number | undefined,
): Wiring {
  const reportDue: ReportDue = (kind, at) => inquiries.report(kind, at);
  const work = unitOfWork(messaging, clock, reportDue);
  const consumers: ConsumerDependencies = { storesIn: storesIn(messaging.outbox, clock, reportDue), clock };
  const antom = inquiriesAt(config, { clock, logger });
  const inquiries = inquirySchedule({
    unitOfWork: work,
    tools: { antom, clock },
    nextDue: nextDue(committed),
    logger,
    pollMs,
  });
  const webhookTools = { clock, prefix: config.PAYMENT_SESSION_PREFIX };
  const read = webhookReader({ clientId: config.ANTOM_CLIENT_ID, publicKeys: config.ANTOM_PUBLIC_KEYS });
  const warmUp = new NotificationWarmUp(config, { clock, isRehearsing: () => messaging.isRehearsing() });
  const { QUARANTINE_ROWS: rows = 10_000, QUARANTINE_BYTES: bytes = 50_000_000 } = config;
  const webhooks: WebhookDependencies = {
    groups: warmUp.grouping(() => new WebhookGroups(work, webhookTools)),
    read: warmUp.reading(read),
    quarantine: new QuarantineQueue(work, { rows, bytes }),
    clock,
    logger,
    pathPrefix: config.WEBHOOK_PATH_PREFIX,
  };
  return {
    module: {
      module: NotificationModule,
      controllers: [WebhooksController, PaymentSessionsConsumer, SessionRequestsConsumer],
      providers: [
        { provide: CONSUMER_DEPENDENCIES, useValue: consumers },
        { provide: WEBHOOK_DEPENDENCIES, useValue: webhooks },
      ],
    },
    warmUp: () => warmUp.prepare(),
    gauges: [gauges(work, clock), antomGauges(antom)],
    operator: operatorVerbs({ unitOfWork: work, webhookTools, read, clock }),
    background: together([inquiries, new UnmatchedAlarm(work, clock, logger)], () => antom.close()),
  };
}

const together = (parts: readonly Background[], close: () => Promise<void>): Background => ({
  start: () => parts.forEach((part) => part.start()),
  stop: async () => {
    await Promise.all(parts.map((part) => part.stop()));
    await close();
  },
});

function inquiriesAt(config: OwnConfig, { clock, logger }: Pick<ServiceParts, 'clock' | 'logger'>): AntomInquiries {
  const client = connectAntom(config, {
    clock,
    callMs,
    onBreaker: (health) => logger.warn({ health }, 'circuit breaker of Antom changed'),
    onCall: ({ paymentRequestId: paymentSessionId, ...call }) =>
      logger.info({ ...call, paymentSessionId }, 'Antom answered'),
  });
  return new AntomInquiries(client, clock, (fields, message) => logger.warn(fields, message));
}
