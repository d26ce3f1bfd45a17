import { type CheckoutTokenClaims } from '@kasir/contracts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A merchant's back end: it signs checkout tokens, and its public keys are the gateway's configuration. */
export interface Shop {
  /** For CHECKOUT_JWKS. */
  readonly jwks: string;
  /** A token that opens the door for five minutes unless another `exp` is given. */
  sign(
    claims: Omit<CheckoutTokenClaims, 'order'> & { order: object },
    options?: { exp?: string; aud?: string },
  ): Promise<string>;
}

export async function openShop(): Promise<Shop> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return {
    jwks: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'shop-1', alg: 'ES256' }] }),
    sign: (claims, { exp = '5m', aud = 'kasir' } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'shop-1' })
        .setIssuedAt()
        .setAudience(aud)
        .setExpirationTime(exp)
        .sign(privateKey),
  };
}
