import { fileURLToPath } from 'node:url';

/** A program of several processes that does one payment over the same four hops as Kasir, to be measured beside it. */
export const roles = ['gateway', 'payment-session', 'notification', 'order'] as const;
export type Role = (typeof roles)[number];

export interface RivalSurroundings {
  readonly ports: Readonly<Record<Role, { readonly port: number; readonly adminPort: number }>>;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  /** A database for each role, empty at first; the role's process makes its tables when it starts. */
  readonly databaseUrls: Readonly<Record<Role, string>>;
  readonly simulatorUrl: string;
  readonly clientId: string;
  readonly merchantPrivateKeyFile: string;
  readonly antomPublicKeyFile: string;
  readonly shopJwksFile: string;
}

export interface Rival {
  readonly name: 'floor' | 'usual-way';
  readonly roles: readonly Role[];
  /** Named without the prefix. */
  readonly topics: readonly { readonly name: string; readonly partitions: number }[];
  /** The compiled program of a role: ready when `http://127.0.0.1:<adminPort>/ready` answers 200, ended by SIGTERM. */
  entryOf(role: Role): string;
  /** The environment of a role, apart from PATH. */
  settingsOf(role: Role, surroundings: RivalSurroundings): Readonly<Record<string, string>>;
}

const topics = ['session-requests.v1', 'payment-sessions.v1', 'payments.v1', 'orders.v1'];

export const defineRival = (name: Rival['name']): Rival => ({
  name,
  roles,
  topics: topics.map((topic) => ({ name: topic, partitions: 3 })),
  entryOf: (role) => fileURLToPath(new URL(`../dist/${name}/${role}.js`, import.meta.url)),
  settingsOf,
});

/** The same names as Kasir's own settings. */
const settingsOf: Rival['settingsOf'] = (role, surroundings) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(surroundings.ports[role].port),
  ADMIN_PORT: String(surroundings.ports[role].adminPort),
  DATABASE_URL: surroundings.databaseUrls[role],
  KAFKA_BROKERS: surroundings.brokers.join(','),
  TOPIC_PREFIX: surroundings.topicPrefix,
  CHECKOUT_JWKS_FILE: surroundings.shopJwksFile,
  ANTOM_BASE_URL: surroundings.simulatorUrl,
  ANTOM_CLIENT_ID: surroundings.clientId,
  ANTOM_MERCHANT_PRIVATE_KEY_FILE: surroundings.merchantPrivateKeyFile,
  ANTOM_PUBLIC_KEYS_FILE: surroundings.antomPublicKeyFile,
  ANTOM_NOTIFY_URL: `http://127.0.0.1:${surroundings.ports.notification.port}/webhooks/antom/payments`,
});
