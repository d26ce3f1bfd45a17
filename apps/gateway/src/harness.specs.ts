import { createHash, randomBytes } from 'node:crypto';
import { type CheckoutTokenClaims, type OrderFacts, paymentSessions, sessionRequests } from '@kasir/contracts';
import { createLogger } from '@kasir/platform';
import { dataSourceOf } from '@kasir/service';
import {
  type Bus,
  freshTopics,
  inDays,
  migratedDatabase,
  openBus,
  openShop,
  queryOnce,
  type Shop,
} from '@kasir/testing';
import { CompactEncrypt } from 'jose';
import { migrations, startGateway } from './app.module.js';
import { gatewayConfig } from './config.js';

export const sessionDataKey = randomBytes(32);

/** The secret key of the merchant's server that every gateway of a harness knows as `back-office`. */
export const secretKey = `sk_${randomBytes(16).toString('hex')}`;
const sha256 = createHash('sha256').update(secretKey).digest('hex');

/** As payment-session encrypts. */
export const encrypt = (sessionData: string, key: Uint8Array = sessionDataKey): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(sessionData))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key);

/** A clock that runs, and that a test can put forward. */
export class TestClock {
  private aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
  forward(ms: number): void {
    this.aheadMs += ms;
  }
}

export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export interface Harness {
  readonly gateway: Gateway;
  readonly bus: Bus;
  readonly shop: Shop;
  readonly clock: TestClock;
  /** Every line that a gateway of this harness has logged. */
  readonly logs: readonly string[];
  rows<Row extends object>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** One more instance of the same deployment. */
  startAnother(env?: Record<string, string>): Promise<Gateway>;
  stop(): Promise<void>;
}

export interface LabOptions {
  readonly env?: Record<string, string>;
  /** More keys of the shop. */
  readonly jwks?: (keys: object[]) => Promise<object[]>;
  /** Where the gateway finds its servers, for tests that stand in between. */
  readonly databaseUrl?: (url: string) => Promise<string>;
  readonly brokers?: (brokers: string[]) => Promise<string[]>;
}

/** A gateway on a database and topics of its own; the test plays everybody else. */
export async function openHarness({ env = {}, jwks, databaseUrl, brokers }: LabOptions = {}): Promise<Harness> {
  const [shop, direct, topics] = await Promise.all([
    openShop(),
    migratedDatabase((url) => dataSourceOf(url, migrations, 'test')),
    freshTopics(),
  ]);
  const { keys } = JSON.parse(shop.jwks) as { keys: object[] };
  const bus = await openBus(topics.prefix, [sessionRequests]);
  const settings = {
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    WARM_UP_SECONDS: '0',
    DATABASE_URL: (await databaseUrl?.(direct)) ?? direct,
    KAFKA_BROKERS: ((await brokers?.(topics.brokers)) ?? topics.brokers).join(','),
    TOPIC_PREFIX: topics.prefix,
    CHECKOUT_JWKS: JSON.stringify({ keys: (await jwks?.(keys)) ?? keys }),
    SESSION_DATA_KEY: sessionDataKey.toString('base64'),
    PAYMENT_REDIRECT_URL: 'https://shop.example/thank-you',
    MERCHANT_KEYS: `back-office:${sha256}`,
    ...env,
  };
  const clock = new TestClock();
  const logs: string[] = [];
  const logger = createLogger('gateway', { level: 'debug', destination: { write: (line) => void logs.push(line) } });
  const fail = (reason: unknown): void => void logs.push(`the gateway gave up: ${String(reason)}`);
  const running = new Set<() => Promise<void>>();
  const startAnother = async (more: Record<string, string> = {}): Promise<Gateway> => {
    const config = gatewayConfig({ ...settings, ...more });
    const { url, adminUrl, stop } = await startGateway(config, { logger, fail, clock });
    running.add(stop);
    return { url: url!, adminUrl, stop: () => (running.delete(stop) ? stop() : Promise.resolve()) };
  };
  const gateway = await startAnother();
  return {
    gateway,
    bus,
    shop,
    clock,
    logs,
    rows: (sql, params) => queryOnce(direct, sql, params),
    startAnother,
    stop: async () => {
      // Also those that a failed test has left behind.
      await Promise.all([...running].map((stop) => stop()));
      await bus.close();
    },
  };
}

export const thb = (value: string) => ({ value, currency: 'THB' });

/** The order of Antom's guide, under an id of the test's own. */
export const cappuccino = (id: string, more: Partial<CheckoutTokenClaims> = {}): CheckoutTokenClaims => ({
  order: { id, amount: thb('160'), description: "Cappuccino #grande (Mika's coffee shop)" },
  ...more,
});

/** What that order is for, as events tell it. */
export const cappuccinoFacts = {
  amount: thb('160'),
  description: cappuccino('').order.description,
  expiresAt: inDays(2),
};

export const siamBank = { bankChoice: { bankName: 'Siam Commerical Bank' }, terminal: { type: 'WEB' } };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown> & { id: string; errors?: { field: string; message: string }[] };
}

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Reply['body'] };
}

export interface Post {
  readonly token: string;
  readonly path?: string;
  readonly key?: string;
  readonly body?: unknown;
  /** Seconds; 0 unless given. */
  readonly wait?: number;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export async function post(
  url: string,
  { token, path = '/v1/payment-sessions', key, body = siamBank, wait = 0, headers, signal }: Post,
): Promise<Reply> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key ?? randomBytes(8).toString('hex'),
      prefer: `wait=${wait}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  return reply(response);
}

export const get = async (url: string, path: string, token: string): Promise<Reply> =>
  reply(await fetch(url + path, { headers: { authorization: `Bearer ${token}` } }));

/** What payment-session says when Antom has opened a session. */
export async function sayCreated(
  bus: Bus,
  orderId: string,
  paymentSessionId: string,
  said: { sessionData?: string; expiresAt?: Date; endsAt?: Date; order?: OrderFacts } = {},
): Promise<void> {
  const { sessionData = 'opaque', expiresAt = new Date(Date.now() + 3_600_000), endsAt = expiresAt } = said;
  const { order = cappuccinoFacts } = said;
  await bus.say(paymentSessions, 'PaymentSessionCreated', {
    orderId,
    paymentSessionId,
    ...{ order, amount: order.amount, bankChoice: siamBank.bankChoice },
    encryptedSessionData: await encrypt(sessionData),
    sessionExpiresAt: expiresAt.toISOString(),
    endsAt: endsAt.toISOString(),
  });
}

/** What every event about a payment names. */
export const payment = (orderId: string, paymentSessionId: string) => ({
  orderId,
  paymentSessionId,
  paymentId: `antom-${paymentSessionId}`.slice(0, 64),
});

/** That a session of the cappuccino was paid. */
export const success = (orderId: string, paymentSessionId: string) => ({
  ...payment(orderId, paymentSessionId),
  ...{ order: cappuccinoFacts, amount: thb('160'), paidAt: '2026-11-22T08:00:00Z' },
});

/** That money of another amount came in a session of the cappuccino, or after a cancel. */
export const attention = (orderId: string, paymentSessionId: string, received = '16', kind = 'other-amount') => ({
  ...payment(orderId, paymentSessionId),
  ...{ kind, expected: thb('160'), received: thb(received), paidAt: '2026-11-22T08:00:00Z' },
  ...{ order: cappuccinoFacts, evidence: {} },
});

/** That money of a payment went back without a refund. */
export const returned = (orderId: string, paymentSessionId: string, returnId: string, amount = '160') => ({
  ...payment(orderId, paymentSessionId),
  ...{ returnId, amount: thb(amount), cause: 'refund' as const, returnedAt: '2026-11-23T08:00:00Z', evidence: {} },
});

/** That the session paid its order. */
export const paid = (orderId: string, paymentSessionId: string) => {
  const { paymentId, amount, paidAt, order } = success(orderId, paymentSessionId);
  return { orderId, paymentSessionId, paymentId, amount, paidAt, description: order.description };
};
