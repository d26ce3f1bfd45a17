import { randomBytes } from 'node:crypto';
import { type PaymentEvent, payments, topics } from '@kasir/contracts';
import { type Clock, systemClock } from '@kasir/kernel';
import { applyTopics } from '@kasir/local-stack';
import {
  type CausedBy,
  type Consumer,
  createMessaging,
  type EventContext,
  type Log,
  type Messaging,
  type MessagingOptions,
  messagingTables,
  type News,
} from '@kasir/messaging';
import { typeormDatabase } from '@kasir/messaging-nest';
import { patientSource } from '@kasir/stories';
import { type Bus, migratedDatabase, openBus, queryOnce, testBrokers } from '@kasir/testing';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What messaging keeps, and the ledger of a shop: a line for every payment that took effect. */
export class Tables1790000000001 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<void> =>
    runner.query(
      `${messagingTables} create table ledger (line bigint generated always as identity, order_id text not null, satang int not null)`,
    ) as Promise<void>;
  down = (): Promise<void> => Promise.resolve();
}

export const satang = 16_000;

/** What the bank's word about an order is, to be said past every outbox. */
export const paid = (orderId: string, paymentId = 'pay-1') => ({
  orderId,
  paymentSessionId: 'ps_1',
  paymentId,
  order: {
    amount: { value: String(satang), currency: 'THB' },
    description: 'Latte',
    expiresAt: '2026-01-02T00:00:00Z',
  },
  amount: { value: String(satang), currency: 'THB' },
  paidAt: '2026-11-22T08:00:00Z',
});

export type Before = (event: PaymentEvent, context: EventContext) => unknown;

/** Enters a payment into the ledger; what may go wrong goes wrong when half of it is done. */
export async function enter(event: PaymentEvent, context: EventContext, before: Before): Promise<void> {
  if (event.type !== 'PaymentSucceeded') return;
  const { orderId, amount } = event.data;
  await context.tx.query('insert into ledger (order_id, satang) values ($1, $2)', [orderId, Number(amount.value)]);
  await before(event, context);
}

export interface Party {
  readonly messaging: Messaging;
  readonly databaseUrl: string;
  readonly lines: readonly string[];
  /** Errors after which the process would end. */
  readonly deaths: readonly Error[];
  rows<Row extends object>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** The orders of the ledger, in the order of its lines. */
  ledger(): Promise<string[]>;
  say(orderId: string, about?: { identity?: string; at?: Date; causedBy?: CausedBy }): Promise<string>;
  hear(before?: Before): Promise<Consumer>;
  stop(): Promise<void>;
}

type Circumstances = Partial<Pick<MessagingOptions, 'clock' | 'passing' | 'brokers' | 'stuckMs'>> & {
  databaseUrl?: string;
};

/** Topics of their own, on which services meet. */
export class Street {
  readonly #endings: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly prefix: string,
    readonly bus: Bus,
  ) {}

  /** @param heard whether the bus listens to payments */
  static async open(partitions = 1, heard = true): Promise<Street> {
    const prefix = `museum-${randomBytes(4).toString('hex')}.`;
    await applyTopics(
      testBrokers(),
      topics.map(({ name }) => ({ name: prefix + name, partitions })),
    );
    const street = new Street(prefix, await openBus(prefix, heard ? [payments] : []));
    street.atTheEnd(() => street.bus.close());
    return street;
  }

  atTheEnd(ending: () => Promise<unknown>): void {
    this.#endings.push(ending);
  }

  async close(): Promise<void> {
    for (const ending of this.#endings.reverse()) await ending();
  }

  /** The ids of what the topic says of an order, as often as it says it. */
  saidOf(orderId: string): string[] {
    return this.bus
      .heard(payments)
      .filter(({ key }) => key === orderId)
      .map(({ headers }) => headers['ce_id'] ?? '');
  }

  /** One instance of a service without a framework; a second one of the same shares its database. */
  async party(service: 'notification' | 'order', circumstances: Circumstances = {}): Promise<Party> {
    const databaseUrl = circumstances.databaseUrl ?? (await ledgerDatabase());
    const dataSource = await patientSource(databaseUrl, [], 'museum').initialize();
    const [lines, deaths]: [string[], Error[]] = [[], []];
    const messaging = createMessaging({
      brokers: { brokers: testBrokers() },
      ...circumstances,
      service,
      database: typeormDatabase(dataSource),
      topicPrefix: this.prefix,
      log: logInto(lines),
      onFatal: (error) => deaths.push(error),
    });
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= messaging.stop().then(() => dataSource.destroy()));
    this.atTheEnd(stop);
    const { clock = systemClock } = circumstances;
    return { ...voiceOf(messaging, clock), messaging, ...booksOf(databaseUrl), lines, deaths, stop };
  }
}

export const ledgerDatabase = (): Promise<string> =>
  migratedDatabase((url) => patientSource(url, [Tables1790000000001], 'museum'));

export const booksOf = (databaseUrl: string): Pick<Party, 'databaseUrl' | 'rows' | 'ledger'> => ({
  databaseUrl,
  rows: (sql, params) => queryOnce(databaseUrl, sql, params),
  async ledger() {
    const lines = await queryOnce<{ order_id: string }>(databaseUrl, 'select order_id from ledger order by line');
    return lines.map(({ order_id: orderId }) => orderId);
  },
});

const voiceOf = (messaging: Messaging, clock: Clock): Pick<Party, 'say' | 'hear'> => ({
  say: (orderId, about = {}) =>
    messaging.transaction((tx) => messaging.outbox.say(tx, payments, news(orderId, about, clock))),
  async hear(before = () => undefined) {
    const consumer = messaging.consumer([
      { topic: payments, handle: (event, context) => enter(event, context, before) },
    ]);
    await consumer.start();
    return consumer;
  },
});

export const news = (
  orderId: string,
  { identity = 'ps_1', at, causedBy }: Parameters<Party['say']>[1] & object = {},
  clock: Clock = systemClock,
): News<typeof payments> => ({
  type: 'PaymentSucceeded',
  data: paid(orderId, identity),
  identity: `${identity} of ${orderId}`,
  at: at ?? clock.now(),
  causedBy,
});

function logInto(lines: string[]): Log {
  const write = (_: object, message: string) => void lines.push(message);
  return { debug: () => undefined, info: () => undefined, warn: write, error: write };
}

/** Runs an exhibit on a street of its own, which is cleared away afterwards. */
export const onAStreet =
  (exhibit: (street: Street) => Promise<void>, { partitions = 1, heard = true } = {}) =>
  async (): Promise<void> => {
    const street = await Street.open(partitions, heard);
    await exhibit(street).finally(() => street.close());
  };
