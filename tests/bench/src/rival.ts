/** A program of several processes that does one payment over the same four hops as Kasir, to be measured beside it. */
export type Role = 'gateway' | 'payment-session' | 'notification' | 'order';

export const roles: readonly Role[] = ['gateway', 'payment-session', 'notification', 'order'];

export interface RivalSurroundings {
  readonly ports: Readonly<Record<Role, { readonly port: number; readonly adminPort: number }>>;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  /** An empty database for each role; the role's process makes its tables when it starts. */
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
  /** Without the prefix. */
  readonly topics: readonly { readonly name: string; readonly partitions: number }[];
  /** The compiled program of a role; it is ready when `http://127.0.0.1:<adminPort>/ready` answers 200, and SIGTERM ends it. */
  entryOf(role: Role): string;
  /** The whole environment of a role, apart from PATH. */
  settingsOf(role: Role, surroundings: RivalSurroundings): Readonly<Record<string, string>>;
}
