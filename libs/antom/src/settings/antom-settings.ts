import { type KeyObject } from 'node:crypto';
import { type z } from 'zod';
import { parsePrivateKey, parsePublicKeys } from '../signatures/index.js';
import { positiveInteger } from './positive-integer.js';

interface About {
  readonly description: string;
  readonly example: string;
  readonly fallback?: string;
  readonly secret?: boolean;
}

/** How the host that reads the environment declares settings; this library only says which there are. */
export interface SettingKinds {
  text(about: About): z.ZodType<string>;
  url(about: About): z.ZodType<string>;
  duration(about: About): z.ZodType<number>;
  parsed<Value>(parse: (text: string) => Value, about: About): z.ZodType<Awaited<Value>>;
}

/** What everybody who calls Antom reads from the environment. */
export const antomSettings = (setting: SettingKinds) => ({
  ANTOM_BASE_URL: setting.url({
    description: "Antom's host for the merchant's region",
    example: 'https://open-sea-global.alipay.com',
  }),
  ANTOM_CLIENT_ID: setting.text({
    description: 'the client id from Antom; one that begins with SANDBOX_ speaks to the sandbox',
    example: 'SANDBOX_5X00000000000000',
  }),
  ANTOM_MERCHANT_PRIVATE_KEY: setting.parsed(parsePrivateKey, {
    description: 'our private RSA key, as PEM or Base64',
    example: '-----BEGIN PRIVATE KEY-----…',
    secret: true,
  }),
  ANTOM_KEY_VERSION: setting.text({
    description: 'which of our keys signs, as Antom counts them',
    example: '2',
    fallback: '1',
  }),
  ANTOM_PUBLIC_KEYS: setting.parsed(parsePublicKeys, {
    description: "Antom's public keys, one after the other while a key is changed over",
    example: '-----BEGIN PUBLIC KEY-----…',
  }),
  ANTOM_CONCURRENCY: setting.parsed(positiveInteger, {
    description: 'how many calls to Antom may be under way at once, in each process',
    example: '16',
    fallback: '32',
  }),
  ANTOM_CALLS_PER_SECOND: setting.parsed(positiveInteger, {
    description: 'how many calls to Antom may begin in a second, in each process',
    example: '50',
    fallback: '500',
  }),
  ANTOM_BREAKER_FAULTS: setting.parsed(positiveInteger, {
    description: 'after so many unanswered calls in a row nothing is sent to Antom for a while',
    example: '10',
    fallback: '5',
  }),
  ANTOM_BREAKER_PAUSE: setting.duration({
    description: 'how long that while is at first; it doubles, up to 20s, as long as Antom stays away',
    example: '10s',
    fallback: '5s',
  }),
});

/** The settings, read. What has a default may be left out by whoever wires by hand. */
export interface AntomConfig {
  readonly ANTOM_BASE_URL: string;
  readonly ANTOM_CLIENT_ID: string;
  readonly ANTOM_MERCHANT_PRIVATE_KEY: KeyObject;
  readonly ANTOM_KEY_VERSION?: string;
  readonly ANTOM_PUBLIC_KEYS: readonly KeyObject[];
  readonly ANTOM_CONCURRENCY?: number;
  readonly ANTOM_CALLS_PER_SECOND?: number;
  readonly ANTOM_BREAKER_FAULTS?: number;
  /** In milliseconds. */
  readonly ANTOM_BREAKER_PAUSE?: number;
}
