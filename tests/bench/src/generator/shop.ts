import { readFileSync } from 'node:fs';
import { importJWK, SignJWT } from 'jose';

/** One coffee that is to be paid: everything that takes the processor is done before the leg begins. */
export interface Wanted {
  readonly orderId: string;
  readonly token: string;
}

/** Signs checkout tokens as the merchant's server would. */
export async function openShop(keyFile: string): Promise<(orderIds: readonly string[]) => Promise<Wanted[]>> {
  const jwk = JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, string>;
  const key = await importJWK(jwk, 'ES256');
  const sign = (orderId: string) =>
    new SignJWT({
      order: { id: orderId, amount: { value: '160', currency: 'THB' }, description: 'Cappuccino #grande' },
    })
      .setProtectedHeader({ alg: 'ES256', kid: jwk['kid'] ?? 'local-shop' })
      .setIssuedAt()
      .setAudience('kasir')
      .setExpirationTime('6h')
      .sign(key);
  return async (orderIds) => {
    const wanted: Wanted[] = [];
    for (const orderId of orderIds) wanted.push({ orderId, token: await sign(orderId) });
    return wanted;
  };
}
