import { parsePrivateKey, parsePublicKeys } from '@kasir/antom';
import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';

/** What this service alone reads from its environment. */
const ownSettings = {
  PORT: setting.port({ description: "the port for Antom's webhooks", example: '3002' }),
  ANTOM_BASE_URL: setting.url({
    description: "Antom's host for the merchant's region",
    example: 'https://open-sea-global.alipay.com',
  }),
  ANTOM_MERCHANT_PRIVATE_KEY: setting.parsed(parsePrivateKey, {
    description: 'our private RSA key, as PEM or Base64',
    example: '-----BEGIN PRIVATE KEY-----…',
    secret: true,
  }),
  ANTOM_CLIENT_ID: setting.text({
    description: 'the client id from Antom; webhooks of any other are not believed',
    example: 'SANDBOX_5X00000000000000',
  }),
  ANTOM_PUBLIC_KEYS: setting.parsed(parsePublicKeys, {
    description: "Antom's public keys, one after the other while a key is changed over",
    example: '-----BEGIN PUBLIC KEY-----…',
  }),
  PAYMENT_SESSION_PREFIX: setting.text({
    description: 'begins every payment session of this deployment; news of others is kept and changes nothing',
    example: 'ps_',
    fallback: 'ps_',
  }),
  WEBHOOK_PATH_PREFIX: setting.text({
    description: 'what a proxy cuts off the path that Antom calls',
    example: '/kasir',
    fallback: '',
  }),
};

/** Everything the notification service reads from its environment. */
export const settings = { ...commonSettings, ...ownSettings };

export type OwnConfig = ConfigOf<typeof ownSettings>;
