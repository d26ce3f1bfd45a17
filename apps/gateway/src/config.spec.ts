import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { gatewayConfig } from './config.js';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'shop-1' };
const env = {
  PORT: '3000',
  ADMIN_PORT: '4000',
  DATABASE_URL: 'postgres://gateway:word@localhost/gateway',
  KAFKA_BROKERS: 'localhost:9092',
  CHECKOUT_JWKS: JSON.stringify({ keys: [jwk] }),
  SESSION_DATA_KEY: randomBytes(32).toString('base64'),
};

describe('the gateway’s configuration', () => {
  it('needs six variables and knows the rest', () => {
    expect(gatewayConfig(env)).toMatchObject({
      CHECKOUT_TOKEN_AUDIENCE: 'kasir',
      CHECKOUT_TOKEN_LEEWAY: 5_000,
      PAYMENT_SESSION_PREFIX: 'ps_',
      SESSION_REQUEST_TIMEOUT: 60_000,
      TOPIC_PREFIX: '',
      SESSION_DATA_KEY: new Uint8Array(Buffer.from(env.SESSION_DATA_KEY, 'base64')),
    });
  });

  it.each(Object.keys(env))('cannot do without %s', (name) => {
    expect(() => gatewayConfig({ ...env, [name]: undefined })).toThrow(`gateway cannot start: ${name} is missing`);
  });

  it.each([
    ['CHECKOUT_JWKS', 'keys', 'must be JSON'],
    ['CHECKOUT_JWKS', '{"keys":[]}', 'a list of keys'],
    ['CHECKOUT_JWKS', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', 'keys.0 must be of kty RSA, EC or OKP'],
    ['CHECKOUT_JWKS', '{"keys":[{"kty":"EC","crv":"P-256","x":"AA"}]}', 'keys.0 must be a complete public key'],
    ['SESSION_DATA_KEY', 'c2hvcnQ=', 'must be 32 bytes in base64'],
    ['PAYMENT_REDIRECT_URL', 'http://shop.example', 'must begin with https'],
    ['PAYMENT_SESSION_PREFIX', 'ps/', 'must be up to 28'],
    ['MERCHANT_KEYS', 'back-office:secret', 'must be name:sha256hex, separated by commas; number 1 is not'],
    ['CORS_ORIGINS', 'https://shop.example,*', 'must be origins such as https://shop.example'],
    ['CORS_ORIGINS', 'https://shop.example/', 'must be origins such as https://shop.example'],
    ['EVENT_STREAMS', '0', 'must be a number from 1'],
    ['TRUSTED_PROXIES', 'everybody', 'must be addresses or networks'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'must be addresses or networks'],
    ['SESSION_REQUEST_TIMEOUT', '60', 'must be a number with a unit'],
  ])('says what is wrong with %s=%s', (name, value, complaint) => {
    expect(() => gatewayConfig({ ...env, [name]: value })).toThrow(`${name} `);
    expect(() => gatewayConfig({ ...env, [name]: value })).toThrow(complaint);
  });

  it('reads whom to believe about the address of a caller', () => {
    const { TRUSTED_PROXIES } = gatewayConfig({ ...env, TRUSTED_PROXIES: '10.0.0.0/8, ::1,192.0.2.7' });
    expect(TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1', '192.0.2.7']);
  });

  it('takes no private key, and shows none', () => {
    const secret = { ...privateKey.export({ format: 'jwk' }), kid: 'shop-1' };
    const load = () => gatewayConfig({ ...env, CHECKOUT_JWKS: JSON.stringify({ keys: [jwk, secret] }) });
    expect(load).toThrow('keys.1 must be a public key');
    expect(load).not.toThrow(String(secret.d));
  });
});
