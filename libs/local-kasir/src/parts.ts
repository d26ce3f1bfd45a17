import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type KeyFiles } from './keys.js';

export type PartName = 'gateway' | 'payment-session' | 'notification' | 'order' | 'fulfilment' | 'antom-simulator';

/** Those that own a database, and so have migrations. */
export const databaseOwners = ['gateway', 'payment-session', 'notification', 'order', 'fulfilment'] as const;
export type DatabaseOwner = (typeof databaseOwners)[number];

export const partNames: readonly PartName[] = [...databaseOwners, 'antom-simulator'];

/** One deployment serves one merchant account of Antom; the local one is a sandbox account. */
export const localClientId = 'SANDBOX_5X00000000000000';

export interface Surroundings {
  readonly ports: Readonly<Record<PartName, { readonly port: number; readonly adminPort: number }>>;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  readonly databaseUrls: Readonly<Record<DatabaseOwner, string>>;
  readonly keys: KeyFiles;
  readonly dataFolder: string;
  readonly payAfterMs: number | undefined;
  readonly resendScheduleMs: readonly number[] | undefined;
  readonly warmUpSeconds: number | undefined;
}

type Settings = Readonly<Record<string, string>>;

/** What every process of Kasir takes over from the one that starts it. */
export const inherited = (): NodeJS.ProcessEnv => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
};

export const localUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** The environment of one part: nothing else of it is particular to this machine. */
export function settingsOf(part: PartName, surroundings: Surroundings): Settings {
  const { ports, keys } = surroundings;
  switch (part) {
    case 'gateway':
      return {
        ...common('gateway', surroundings),
        CHECKOUT_JWKS_FILE: keys.shopJwks,
        MERCHANT_KEYS_FILE: keys.merchantKeys,
        SESSION_DATA_KEY_FILE: keys.sessionDataKey,
        PAYMENT_REDIRECT_URL: 'http://localhost/thank-you',
      };
    case 'payment-session':
      return {
        ...common('payment-session', surroundings),
        ...antomAccount(surroundings),
        ANTOM_NOTIFY_URL: `${localUrl(ports.notification.port)}/webhooks/antom/payments`,
        SETTLEMENT_CURRENCY: 'USD',
        SESSION_DATA_KEY_FILE: keys.sessionDataKey,
      };
    case 'notification':
      return { ...common('notification', surroundings), ...antomAccount(surroundings) };
    case 'order':
    case 'fulfilment':
      return common(part, surroundings);
    case 'antom-simulator':
      return {
        HOST: '127.0.0.1',
        PORT: String(ports['antom-simulator'].port),
        CLIENT_ID: localClientId,
        MERCHANT_PUBLIC_KEY_FILE: keys.merchantPublicKey,
        ANTOM_PRIVATE_KEY_FILE: keys.antomPrivateKey,
        DATA_FOLDER: join(surroundings.dataFolder, 'antom-simulator'),
        RESEND_SCHEDULE_MS: surroundings.resendScheduleMs?.join(',') ?? '',
      };
  }
}

export const argumentsOf = (part: PartName, { payAfterMs }: Surroundings): string[] =>
  part === 'antom-simulator' && payAfterMs !== undefined ? ['--pay-after', String(payAfterMs)] : [];

const common = (
  part: DatabaseOwner,
  { ports, brokers, topicPrefix, databaseUrls, keys, warmUpSeconds }: Surroundings,
): Settings => ({
  HOST: '127.0.0.1',
  PORT: String(ports[part].port),
  ADMIN_PORT: String(ports[part].adminPort),
  DATABASE_URL: databaseUrls[part],
  KAFKA_BROKERS: brokers.join(','),
  TOPIC_PREFIX: topicPrefix,
  OPERATOR_TOKEN_FILE: keys.operatorToken,
  WARM_UP_SECONDS: warmUpSeconds === undefined ? '' : String(warmUpSeconds),
});

const antomAccount = ({ ports, keys }: Surroundings): Settings => ({
  ANTOM_BASE_URL: localUrl(ports['antom-simulator'].port),
  ANTOM_MERCHANT_PRIVATE_KEY_FILE: keys.merchantPrivateKey,
  ANTOM_CLIENT_ID: localClientId,
  ANTOM_PUBLIC_KEYS_FILE: keys.antomPublicKey,
});

/** The compiled program of a part. */
export function entryOf(name: PartName, program: 'main' | 'migrate'): string {
  const folder = name === 'antom-simulator' ? 'dist' : 'dist/src';
  return fileURLToPath(new URL(`../../../apps/${name}/${folder}/${program}.js`, import.meta.url));
}
