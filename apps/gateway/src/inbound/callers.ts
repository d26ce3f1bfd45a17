import { type Merchant } from '../application/merchant.js';
import { bearerOf, type CheckoutToken, type VerifyToken } from './checkout-token.js';
import { type MerchantKey, merchantOf } from './merchant-keys.js';
import { type Door, type OrderRequest } from './needs.js';
import { secretKeyNeeded } from './problems.js';

/** Who asks: an app with a token for one order, or a merchant's server, whose secret key opens every order. */
export type Caller =
  | { readonly kind: 'app'; readonly token: CheckoutToken; readonly orderId: string }
  | { readonly kind: 'merchant'; readonly merchant: Merchant; readonly orderId: undefined };

/** @throws HttpProblem 401 with a code that says which check failed */
export type KnowCaller = (authorization: string | undefined) => Promise<Caller>;

export const callersBy =
  (verifyToken: VerifyToken, keys: readonly MerchantKey[]): KnowCaller =>
  async (authorization) => {
    const merchant = merchantOf(keys, bearerOf(authorization));
    if (merchant !== undefined) return { kind: 'merchant', merchant, orderId: undefined };
    const token = await verifyToken(authorization);
    return { kind: 'app', token, orderId: token.orderId };
  };

/** Who asks; named in the logs from here on. @throws HttpProblem 401 */
export async function callerOf({ knowCaller }: Door, request: OrderRequest): Promise<Caller> {
  const caller = await knowCaller(request.headers.authorization);
  if (caller.kind === 'app') request.orderId = caller.orderId;
  else request.merchant = caller.merchant.name;
  return caller;
}

/** @throws HttpProblem 401, or 403 for an app */
export async function merchantCalling(door: Door, request: OrderRequest): Promise<Merchant> {
  const caller = await callerOf(door, request);
  if (caller.kind === 'app') throw secretKeyNeeded();
  return caller.merchant;
}
