import { orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { type Clock, type NewId, systemClock, uuidV7 } from '@kasir/kernel';
import { type Logger } from '@kasir/platform';
import {
  type RunningService,
  type ServiceDefinition,
  type ServiceParts,
  startService,
  type Wiring,
} from '@kasir/service';
import { type DynamicModule, Module } from '@nestjs/common';
import { CreatePaymentSessions1790000000001 } from '../migrations/0001-create-payment-sessions.js';
import { Answers } from './application/answers.js';
import { type ReadModel } from './application/ports.js';
import { showSession } from './application/views.js';
import { type GatewayConfig } from './config.js';
import { isAnswered } from './domain/payment-session.js';
import { isRefundAnswered } from './domain/refund.js';
import { callersBy } from './inbound/callers.js';
import { tokenVerifier } from './inbound/checkout-token.js';
import {
  CONSUMER_DEPENDENCIES,
  type ConsumerDependencies,
  HTTP_DEPENDENCIES,
  type HttpDependencies,
} from './inbound/dependencies.js';
import { EventStreams } from './inbound/event-streams.js';
import { EventsConsumer } from './inbound/events.consumer.js';
import { gauges } from './inbound/gauges.js';
import { httpAdapter, prepareHttp } from './inbound/http-door.js';
import { OrdersController } from './inbound/orders.controller.js';
import { PaymentSessionActionsController } from './inbound/payment-session-actions.controller.js';
import { PaymentSessionEventsController } from './inbound/payment-session-events.controller.js';
import { PaymentSessionsController } from './inbound/payment-sessions.controller.js';
import { RefundsController } from './inbound/refunds.controller.js';
import { readModel } from './outbound/read-model.js';
import { requestHashes } from './outbound/request-hashes.js';
import { sessionDecrypter } from './outbound/session-decrypter.js';
import { storesIn, unitOfWork } from './outbound/stores.js';
import { GatewayWarmUp } from './warm-up.js';

@Module({})
class GatewayModule {}

export const name = 'gateway';
export const migrations = [CreatePaymentSessions1790000000001];

/** The whole service, wired by hand. Nothing else in it knows its surroundings. */
export const gateway = (config: GatewayConfig, newId: NewId): ServiceDefinition => ({
  name,
  migrations,
  says: [sessionRequests],
  // Its tables are projections: a late event is worse there than a missing one, which the next corrects.
  whenPoisoned: { [paymentSessions.name]: 'pass', [payments.name]: 'pass', [orders.name]: 'pass' },
  wire: (parts) => wire(config, newId, parts),
  http: {
    port: config.PORT,
    adapter: () => httpAdapter(config.TRUSTED_PROXIES),
    prepare: (app, { logger }) => prepareHttp(app, logger, config.CORS_ORIGINS),
  },
});

function wire(config: GatewayConfig, newId: NewId, parts: ServiceParts): Wiring {
  const { clock, messaging, committed } = parts;
  const known = readModel(committed);
  const warmUp = new GatewayWarmUp(config, { clock, isRehearsing: () => messaging.isRehearsing() });
  return {
    module: moduleOf({ config, newId, known, warmUp }, parts),
    gauges: [gauges(known, clock)],
    warmUp: () => warmUp.prepare(),
  };
}

interface Wired {
  readonly config: GatewayConfig;
  readonly newId: NewId;
  readonly known: ReadModel;
  readonly warmUp: GatewayWarmUp;
}

function moduleOf({ config, newId, known, warmUp }: Wired, { messaging, clock, logger }: ServiceParts): DynamicModule {
  const answers = new Answers({ look: (ids) => known.sessions(ids), isAnswered });
  const refundAnswers = new Answers({ look: (ids) => known.refunds(ids), isAnswered: isRefundAnswered });
  const changes = new Answers({ look: (ids) => known.sessions(ids), isAnswered, pollMs: 1_000 });
  const verifyToken = tokenVerifier(
    { jwks: config.CHECKOUT_JWKS, audience: config.CHECKOUT_TOKEN_AUDIENCE, leewayMs: config.CHECKOUT_TOKEN_LEEWAY },
    clock,
  );
  const http: HttpDependencies = {
    knowCaller: callersBy(warmUp.verifying(verifyToken), config.MERCHANT_KEYS ?? []),
    dependencies: {
      unitOfWork: unitOfWork(messaging, clock),
      clock,
      ...requestHashes(config.PAYMENT_SESSION_PREFIX),
      brokerSilentMs: () => messaging.relay.brokerSilentMs(),
      requestMs: config.SESSION_REQUEST_TIMEOUT,
    },
    readModel: known,
    answers,
    refundAnswers,
    changes,
    streams: new EventStreams({
      most: config.EVENT_STREAMS,
      heartbeatMs: config.EVENT_STREAM_HEARTBEAT,
      longestMs: config.EVENT_STREAM_LIFETIME,
    }),
    letEverybodyGo: () => {
      for (const each of [answers, refundAnswers, changes]) each.close();
    },
    showSession: showSession(clock, sessionDecrypter(config.SESSION_DATA_KEY), known),
    defaultRedirectUrl: config.PAYMENT_REDIRECT_URL,
    newRequestId: newId,
    log: logger,
  };
  const consumer: ConsumerDependencies = {
    storesIn: storesIn(messaging.outbox, clock),
    onSession: (session) => {
      for (const each of [answers, changes]) each.tell(session);
    },
    onRefund: (refund) => refundAnswers.tell(refund),
    log: logger,
  };
  return {
    module: GatewayModule,
    controllers: [
      PaymentSessionsController,
      PaymentSessionActionsController,
      PaymentSessionEventsController,
      OrdersController,
      RefundsController,
      EventsConsumer,
    ],
    providers: [
      { provide: HTTP_DEPENDENCIES, useValue: http },
      { provide: CONSUMER_DEPENDENCIES, useValue: consumer },
    ],
  };
}

export interface Surroundings {
  readonly logger: Logger;
  /** The service cannot go on by itself. */
  readonly fail: (reason: unknown) => void;
  readonly clock?: Clock;
  readonly newId?: NewId;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
}

/** Starts the gateway in this process; resolves when it takes requests. */
export const startGateway = (
  config: GatewayConfig,
  { clock = systemClock, newId = uuidV7, ...others }: Surroundings,
): Promise<RunningService> => startService(gateway(config, newId), { config, clock, ...others });
