import { createPrivateKey, sign } from 'node:crypto';

/** The merchant's back end, in a few lines: signs what its shopper may buy. @param jwk its private key, EC P-256 */
export function shopWith(jwk) {
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    /** A checkout token (JWT, ES256) that opens the door for ten minutes. */
    async sign(claims) {
      const now = Math.floor(Date.now() / 1000);
      const unsigned = [
        { alg: 'ES256', kid: jwk.kid },
        { ...claims, aud: 'kasir', iat: now, exp: now + 600 },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
      return `${unsigned}.${signature.toString('base64url')}`;
    },
  };
}
