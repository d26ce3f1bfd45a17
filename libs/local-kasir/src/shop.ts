import { type CheckoutTokenClaims } from '@kasir/contracts';
import { importJWK, SignJWT } from 'jose';
import { type KeyFiles, readKey } from './keys.js';

/** The merchant's back end: signs what its shopper may buy. */
export interface LocalShop {
  /** A checkout token that opens the door for ten minutes. */
  sign(claims: CheckoutTokenClaims): Promise<string>;
  /** Shows the gateway that the merchant's own server asks. */
  readonly secretKey: string;
}

export async function localShop({ shopPrivateJwk, merchantKey }: KeyFiles): Promise<LocalShop> {
  const key = await importJWK(JSON.parse(readKey(shopPrivateJwk)) as Record<string, string>, 'ES256');
  return {
    secretKey: readKey(merchantKey),
    sign: (claims) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'local-shop' })
        .setIssuedAt()
        .setAudience('kasir')
        .setExpirationTime('10m')
        .sign(key),
  };
}
