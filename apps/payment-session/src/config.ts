import { parsePrivateKey, parsePublicKeys } from '@kasir/antom';
import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';

/** What this service alone reads from its environment. */
const ownSettings = {
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
  ANTOM_PUBLIC_KEYS: setting.parsed(parsePublicKeys, {
    description: "Antom's public keys, one after the other while a key is changed over",
    example: '-----BEGIN PUBLIC KEY-----…',
  }),
  ANTOM_NOTIFY_URL: setting.url({
    description: "the public address of notification's webhook, without a query",
    example: 'https://pay.example.com/webhooks/antom/payments',
  }),
  SETTLEMENT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .meta({ description: 'the currency in which Antom settles with the merchant', example: 'USD' }),
  SESSION_DATA_KEY: setting.key(32, {
    description: 'seals session data; only payment-session and gateway have it',
    example: '$(openssl rand -base64 32)',
  }),
  SESSION_LIFETIME: setting.duration({
    description: 'how long a payment session lives, at most 1h',
    example: '10m',
    fallback: '10m',
  }),
};

/** Everything the payment-session service reads from its environment. */
export const settings = { ...commonSettings, ...ownSettings };

export type OwnConfig = ConfigOf<typeof ownSettings>;
