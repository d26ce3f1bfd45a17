import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** The keys of one merchant account: each side has its own private one and the other's public one. */
export interface Account {
  readonly clientId: string;
  readonly merchantPublicKey: KeyObject;
  readonly antomPrivateKey: KeyObject;
  /** What the services read from their environment. */
  readonly env: Readonly<Record<string, string>>;
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

export function openAccount(): Account {
  const [merchant, antom] = [rsa(), rsa()];
  const clientId = 'SANDBOX_5X00000000000000';
  return {
    clientId,
    merchantPublicKey: merchant.publicKey,
    antomPrivateKey: antom.privateKey,
    env: {
      ANTOM_CLIENT_ID: clientId,
      ANTOM_MERCHANT_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ANTOM_PUBLIC_KEYS: antom.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      SESSION_DATA_KEY: randomBytes(32).toString('base64'),
      SETTLEMENT_CURRENCY: 'USD',
    },
  };
}
