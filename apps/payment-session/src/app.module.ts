import { connectAntom, longestWaitMs } from '@kasir/antom';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateAttempts1790000000001 } from '../migrations/0001-create-attempts.js';
import { type Tools } from './application/ports.js';
import { type OwnConfig } from './config.js';
import { PaymentsConsumer } from './inbound/payments.consumer.js';
import { sessionCalls } from './inbound/session-calls.timer.js';
import { CALLS, SessionRequestsConsumer } from './inbound/session-requests.consumer.js';
import { STORES_IN, TOOLS } from './inbound/stores-in.js';
import { AntomProvider } from './outbound/antom.provider.js';
import { sessionSealer } from './outbound/session-sealer.js';
import { storesIn, unitOfWork } from './outbound/stores.js';

@Module({})
class PaymentSessionModule {}

/** One call to Antom may take so long, in milliseconds; a lease outlasts it and the wait for it. */
const callMs = 12_000;
const pace = { leaseMs: longestWaitMs + callMs + 3_000, pollMs: 250, concurrency: 16 };

export const migrations = [CreateAttempts1790000000001];

/** The whole service, plugged together by hand. Nothing else in it knows what it is plugged into. */
export const paymentSession = (config: OwnConfig): ServiceDefinition => ({
  name: 'payment-session',
  migrations,
  wire: (parts) => wire(config, parts),
});

function wire(config: OwnConfig, { messaging, clock, logger }: ServiceParts): Wiring {
  const provider = antom(config, { messaging, clock, logger });
  const tools: Tools = {
    provider,
    seal: sessionSealer(config.SESSION_DATA_KEY),
    clock,
    sessionMs: config.SESSION_LIFETIME,
  };
  const calls = sessionCalls(unitOfWork(messaging, clock), tools, pace, (err) =>
    logger.error({ err }, 'a call to Antom could not be recorded; it is repeated'),
  );
  return {
    module: {
      module: PaymentSessionModule,
      controllers: [SessionRequestsConsumer, PaymentsConsumer],
      providers: [
        { provide: STORES_IN, useValue: storesIn(messaging.outbox, clock) },
        { provide: TOOLS, useValue: tools },
        { provide: CALLS, useValue: calls },
      ],
    },
    background: { start: () => calls.start(), stop: async () => (await calls.stop(), provider.close()) },
  };
}

function antom(config: OwnConfig, { clock, logger }: ServiceParts): AntomProvider {
  const client = connectAntom(config, {
    clock,
    callMs,
    onBreaker: (health) => logger.warn({ health }, 'the breaker before Antom has moved'),
  });
  const account = {
    notifyUrl: config.ANTOM_NOTIFY_URL,
    settlementCurrency: config.SETTLEMENT_CURRENCY,
    settlementCurrencies: config.ANTOM_SETTLEMENT_CURRENCIES ?? {},
    metaDataAs: config.ANTOM_BANK_METADATA ?? 'string',
  };
  return new AntomProvider(client, account, clock, (fields, message) => logger.warn(fields, message));
}
