import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { databaseOwners } from './places.mjs';

/** What belongs together, who gets which part of it, and how it is made. Each file is `[owner, name]`, for its owner's eyes only. */
export const keySets = [
  {
    files: [['postgres', 'password']],
    make: () => [randomBytes(18).toString('base64url')],
  },
  {
    files: [
      ['payment-session', 'merchant-private-key.pem'],
      ['notification', 'merchant-private-key.pem'],
      ['antom-simulator', 'merchant-public-key.pem'],
    ],
    make: () => {
      const [privateKey, publicKey] = rsaPair();
      return [privateKey, privateKey, publicKey];
    },
  },
  {
    files: [
      ['antom-simulator', 'antom-private-key.pem'],
      ['payment-session', 'antom-public-keys.pem'],
      ['notification', 'antom-public-keys.pem'],
    ],
    make: () => {
      const [privateKey, publicKey] = rsaPair();
      return [privateKey, publicKey, publicKey];
    },
  },
  {
    files: [
      ['payment-session', 'session-data-key'],
      ['gateway', 'session-data-key'],
    ],
    make: () => Array(2).fill(randomBytes(32).toString('base64')),
  },
  {
    files: ['operator', ...databaseOwners].map((owner) => [owner, 'operator-token']),
    make: () => Array(1 + databaseOwners.length).fill(randomBytes(24).toString('hex')),
  },
  {
    files: [
      ['shop', 'checkout-key.jwk.json'],
      ['gateway', 'checkout-jwks.json'],
    ],
    make: shopKeys,
  },
  {
    files: [
      ['shop', 'merchant-key'],
      ['gateway', 'merchant-keys'],
    ],
    make: () => {
      const secret = `sk_${randomBytes(24).toString('hex')}`;
      return [secret, `compose-shop:${createHash('sha256').update(secret).digest('hex')}`];
    },
  },
];

function rsaPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return [
    privateKey.export({ type: 'pkcs8', format: 'pem' }).trimEnd(),
    publicKey.export({ type: 'spki', format: 'pem' }).trimEnd(),
  ];
}

function shopKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = { kid: 'compose-shop', alg: 'ES256' };
  return [
    JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...name }),
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...name }] }),
  ];
}
