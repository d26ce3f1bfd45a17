import { type AntomConfig, antomGauges, connectAntom } from '@kasir/antom';
import { paymentSessions } from '@kasir/contracts';
import { type ServiceDefinition, type ServiceParts, type Wiring } from '@kasir/service';
import { Module } from '@nestjs/common';
import { CreateAttempts1790000000001 } from '../migrations/0001-create-attempts.js';
import { type ReportDue, type Tools } from './application/ports.js';
import { type OwnConfig } from './config.js';
import { usualPolicy } from './domain/second-attempt.js';
import { callMs, dueWork } from './due-work.js';
import { OrdersConsumer } from './inbound/orders.consumer.js';
import { PaymentsConsumer } from './inbound/payments.consumer.js';
import { SessionRequestsConsumer } from './inbound/session-requests.consumer.js';
import { STORES_IN, TOOLS } from './inbound/stores-in.js';
import { AntomProvider } from './outbound/antom.provider.js';
import { nextDue } from './outbound/next-due.js';
import { sessionSealer } from './outbound/session-sealer.js';
import { storesIn, unitOfWork } from './outbound/stores.js';
import { warmUp } from './warm-up.js';

@Module({})
class PaymentSessionModule {}

export const migrations = [CreateAttempts1790000000001];

interface Pace {
  /** How often to look for due work that this instance does not know of, in milliseconds. */
  readonly pollMs?: number;
}

/** The whole service, put together by hand. */
export const paymentSession = (config: OwnConfig, { pollMs }: Pace = {}): ServiceDefinition => ({
  name: 'payment-session',
  migrations,
  says: [paymentSessions],
  wire: (parts) => wire(config, parts, pollMs),
});

function wire(
  config: OwnConfig,
  { messaging, committed, clock, logger }: ServiceParts,
  pollMs: number | undefined,
): Wiring {
  const provider = antom(config, { clock, logger });
  const tools: Tools = {
    provider,
    seal: sessionSealer(config.SESSION_DATA_KEY),
    clock,
    sessionMs: config.SESSION_LIFETIME,
    secondAttempt: config.SECOND_ATTEMPT ?? usualPolicy,
  };
  const reportDue: ReportDue = (kind, at) => calls.report(kind, at);
  const work = unitOfWork(messaging, clock, reportDue);
  const calls = dueWork({
    unitOfWork: work,
    tools,
    nextDue: nextDue(committed),
    onError: (err) => logger.error({ err }, 'due work could not be done; it is repeated'),
    pollMs,
  });
  return {
    module: {
      module: PaymentSessionModule,
      controllers: [SessionRequestsConsumer, PaymentsConsumer, OrdersConsumer],
      providers: [
        { provide: STORES_IN, useValue: storesIn(messaging.outbox, clock, reportDue) },
        { provide: TOOLS, useValue: tools },
      ],
    },
    warmUp: () =>
      warmUp({
        ...{ tools, unitOfWork: work },
        providerAt: (account) => antom(config, { clock, logger }, account),
      }),
    gauges: [antomGauges(provider)],
    background: { start: () => calls.start(), stop: async () => (await calls.stop(), provider.close()) },
  };
}

function antom(
  config: OwnConfig,
  { clock, logger }: Pick<ServiceParts, 'clock' | 'logger'>,
  merchantAccount: AntomConfig = config,
): AntomProvider {
  const client = connectAntom(merchantAccount, {
    clock,
    callMs,
    onBreaker: (health) => logger.warn({ health }, 'circuit breaker of Antom changed'),
    onCall: ({ paymentRequestId: paymentSessionId, ...call }) =>
      logger.info({ ...call, paymentSessionId }, 'Antom answered'),
  });
  const account = {
    notifyUrl: config.ANTOM_NOTIFY_URL,
    refundNotifyUrl: config.ANTOM_REFUND_NOTIFY_URL ?? besidePayments(config.ANTOM_NOTIFY_URL),
    settlementCurrency: config.SETTLEMENT_CURRENCY,
    settlementCurrencies: config.ANTOM_SETTLEMENT_CURRENCIES ?? {},
    metaDataAs: config.ANTOM_BANK_METADATA ?? 'string',
  };
  return new AntomProvider(client, account, clock, (fields, message) => logger.warn(fields, message));
}

/** notification takes webhooks of refunds beside those of payments. */
const besidePayments = (url: string): string | undefined =>
  url.endsWith('/payments') ? url.replace(/payments$/, 'refunds') : undefined;
