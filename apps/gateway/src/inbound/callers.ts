import { type Merchant } from '../application/ports.js';
import { bearerOf, type CheckoutToken, type VerifyToken } from './checkout-token.js';
import { type MerchantKey, merchantOf } from './merchant-keys.js';

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
