import { createPublicKey, type JsonWebKeyInput } from 'node:crypto';
import { isIP } from 'node:net';
import { type ConfigOf, type Environment, loadConfig, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';
import { returnUrlProblem } from './domain/return-url.js';
import { parseOrigins } from './inbound/cors.js';
import { parseMerchantKeys } from './inbound/merchant-keys.js';

/** What is wrong with a shop's key set, or undefined when tokens can be checked with it. */
function jwksProblem(text: string): string | undefined {
  let keys: unknown;
  try {
    keys = (JSON.parse(text) as { keys?: unknown }).keys;
  } catch {
    return 'must be JSON';
  }
  if (!Array.isArray(keys) || keys.length === 0) return 'must be an object with a list of keys';
  const problems = keys.map((key: unknown, index) => [index, keyProblem(key)] as const);
  const [index, problem] = problems.find(([, found]) => found !== undefined) ?? [];
  return problem === undefined ? undefined : `keys.${index} ${problem}`;
}

function keyProblem(key: unknown): string | undefined {
  const { kty, d } = (key ?? {}) as Record<string, unknown>;
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP') return 'must be of kty RSA, EC or OKP';
  if (d !== undefined) return 'must be a public key: it carries a private part, which nobody but the shop may have';
  try {
    createPublicKey({ key: key as JsonWebKeyInput['key'], format: 'jwk' });
    return undefined;
  } catch {
    return 'must be a complete public key';
  }
}

/** An address, or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const checked = (problemOf: (text: string) => string | undefined) => (text: string, context: z.RefinementCtx) => {
  const problem = problemOf(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
};

/** Everything the gateway reads from its environment. */
export const settings = {
  ...commonSettings,
  PORT: setting.port({ description: 'the public port, for apps', example: '3000' }),
  CHECKOUT_JWKS: z
    .string()
    .superRefine(checked(jwksProblem))
    .transform((text) => JSON.parse(text) as { keys: JsonWebKeyInput['key'][] })
    .meta({
      description: 'the public keys of the shop, which signs checkout tokens, as a JWK set',
      example: `'{"keys":[{"kty":"EC","crv":"P-256","kid":"shop-1","alg":"ES256","x":"…","y":"…"}]}'`,
      secret: true,
    }),
  CHECKOUT_TOKEN_AUDIENCE: setting.text({
    description: 'the aud of checkout tokens that are meant for this deployment',
    example: 'kasir',
    fallback: 'kasir',
  }),
  CHECKOUT_TOKEN_LEEWAY: setting.duration({
    description: "how far the shop's clock may be off",
    example: '5s',
    fallback: '5s',
  }),
  MERCHANT_KEYS: setting
    .parsed(parseMerchantKeys, {
      description: "the secret keys of merchants' servers, each as its name and its SHA-256 in hex; none by default",
      example: `back-office:"$(printf %s "$SECRET_KEY" | sha256sum | cut -d' ' -f1)"`,
      secret: true,
    })
    .optional(),
  SESSION_DATA_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .meta({
      description: 'the key that payment-session seals session data with',
      example: '"$(openssl rand -base64 32)"',
      secret: true,
    }),
  PAYMENT_REDIRECT_URL: z.string().superRefine(checked(returnUrlProblem)).optional().meta({
    description: 'where the bank sends shoppers whose checkout token names no redirectUrl',
    example: 'https://shop.example/thank-you',
  }),
  PAYMENT_SESSION_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,28}$/, 'must be up to 28 letters, digits or _ -')
    .meta({ description: 'stands before the ids of payment sessions', example: 'ps_', fallback: 'ps_' }),
  SESSION_REQUEST_TIMEOUT: setting.duration({
    description: 'how long a request for a payment session is worth answering',
    example: '60s',
    fallback: '60s',
  }),
  CORS_ORIGINS: setting
    .parsed(parseOrigins, {
      description: 'the origins whose pages may call the gateway from a browser; none by default',
      example: 'https://shop.example',
    })
    .optional(),
  EVENT_STREAMS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a number from 1 to 999999')
    .transform(Number)
    .meta({
      description: 'how many payment sessions one instance lets apps follow at the same time',
      example: '1000',
      fallback: '1000',
    }),
  EVENT_STREAM_HEARTBEAT: setting.duration({
    description: 'how often a stream of events without news shows that it lives',
    example: '15s',
    fallback: '15s',
  }),
  EVENT_STREAM_LIFETIME: setting.duration({
    description: 'when a stream of events ends, so that the app shows a fresh token',
    example: '10m',
    fallback: '10m',
  }),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((proxy) => proxy.trim()))
    .refine((proxies) => proxies.every(isNetwork), 'must be addresses or networks, separated by commas')
    .optional()
    .meta({
      description: 'addresses or networks whose x-forwarded-for is believed; nobody by default',
      example: '10.0.0.0/8',
    }),
};

export type GatewayConfig = ConfigOf<typeof settings>;

/** @throws ConfigError naming the first variable that is missing or wrong */
export const gatewayConfig = (env: Environment): GatewayConfig => loadConfig('gateway', settings, env);
