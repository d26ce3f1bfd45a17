import { orders, payments, type PaymentEvent } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import { type EventContext, type Messaging } from '@kasir/messaging';
import { createLogger } from '@kasir/platform';
import { startService } from '@kasir/service';
import { testBrokers } from '@kasir/testing';
import { Controller, Inject, Module } from '@nestjs/common';
import { loadPackage } from '@nestjs/common/utils/load-package.util.js';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  type Before,
  booksOf,
  enter,
  ledgerDatabase,
  type Party,
  type Street,
  Tables1790000000001,
} from './messaging-lab.specs.js';

// Nest imports it by itself when it first needs it, and Jest does not always manage that while tests run side by side.
await loadPackage('@nestjs/microservices', 'the museum', () => import('@nestjs/microservices'));

/** What happens at the counter of one shop. */
class Counter {
  constructor(
    readonly before: Before,
    readonly messaging: Messaging,
  ) {}
}

@Controller()
class PaymentsConsumer {
  constructor(@Inject(Counter) private readonly counter: Counter) {}

  /** As the order service: the ledger, and word of it to others. */
  @EventPattern<string>(payments.name)
  async onPayment(@Payload() event: PaymentEvent, @Ctx() context: EventContext): Promise<void> {
    await enter(event, context, this.counter.before);
    if (event.type !== 'PaymentSucceeded') return;
    const { order, ...payment } = event.data;
    await this.counter.messaging.outbox.say(context.tx, orders, {
      type: 'OrderPaid',
      data: { ...payment, description: order.description },
      identity: event.subject,
      causedBy: event,
      at: new Date(event.time),
    });
  }
}

@Module({})
class Shop {}

export interface RunningShop extends Pick<Party, 'databaseUrl' | 'rows' | 'ledger'> {
  readonly messaging: Messaging;
  /** What it gave up for, as the process would end. */
  readonly deaths: readonly unknown[];
  readonly lines: readonly Record<string, unknown>[];
  ready(): Promise<{ status: number; text: string }>;
  metrics(): Promise<string>;
}

/** A Nest service as it runs in production, which is called order and enters payments into its ledger. */
export async function openShop(street: Street, before: Before = () => undefined): Promise<RunningShop> {
  const [deaths, lines]: [unknown[], Record<string, unknown>[]] = [[], []];
  const databaseUrl = await ledgerDatabase();
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const logger = createLogger('order', { level: 'debug', destination });
  let messaging!: Messaging;
  const service = await startService(
    {
      name: 'order',
      migrations: [Tables1790000000001],
      wire: (parts) => {
        messaging = parts.messaging;
        const providers = [{ provide: Counter, useValue: new Counter(before, messaging) }];
        return { module: { module: Shop, controllers: [PaymentsConsumer], providers } };
      },
    },
    {
      config: {
        ADMIN_PORT: 0,
        HOST: '127.0.0.1',
        DATABASE_URL: databaseUrl,
        KAFKA_BROKERS: testBrokers(),
        TOPIC_PREFIX: street.prefix,
      } as never,
      clock: systemClock,
      logger,
      fail: (reason) => deaths.push(reason),
    },
  );
  street.atTheEnd(() => service.stop());
  const ask = (path: string) => fetch(service.adminUrl + path);
  return {
    ...booksOf(databaseUrl),
    messaging,
    deaths,
    lines,
    ready: async () => {
      const answer = await ask('/ready');
      return { status: answer.status, text: await answer.text() };
    },
    metrics: async () => (await ask('/metrics')).text(),
  };
}
