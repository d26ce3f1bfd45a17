import { type IncomingHttpHeaders } from 'node:http';
import { CheckoutTokenClaims, CreatePaymentSessionBody, MerchantPaymentSessionBody } from '@kasir/contracts';
import { type FieldError } from '@kasir/platform';
import { type SessionRequest } from '../application/request-payment-session.js';
import { endOfOrderProblem } from '../domain/order.js';
import { returnUrlProblem } from '../domain/return-url.js';
import { type CheckoutToken } from './checkout-token.js';
import { demand } from './demand.js';
import { read, type Read } from './field-errors.js';
import { readKey } from './idempotency-key.js';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly ip: string;
}

/** Takes an app's request apart. @throws HttpProblem 400 or 422, which names every field that is wrong */
export function readAppRequest(asked: Asked, token: CheckoutToken, defaultRedirectUrl?: string): SessionRequest {
  const { headers, ip } = asked;
  const readClaims = read(CheckoutTokenClaims, token.claims, 'token', 'token.');
  const [idempotencyKey, claims, body, redirectUrl] = demand(
    readKey(headers['idempotency-key']),
    readClaims,
    read(CreatePaymentSessionBody, asked.body, 'body'),
    redirectUrlIn(readClaims, defaultRedirectUrl, 'token.'),
  );
  const userAgent = headers['user-agent']?.slice(0, 1024);
  const { signedAt } = token;
  return { by: 'app', idempotencyKey, claims, signedAt, body, redirectUrl, clientIp: plainIp(ip), userAgent };
}

/** Takes the request of a merchant's server apart, which has everything in its body. @throws HttpProblem 400 or 422 */
export function readMerchantRequest(asked: Asked, signedAt: Date, defaultRedirectUrl?: string): SessionRequest {
  const readBody = read(MerchantPaymentSessionBody, asked.body, 'body');
  const [idempotencyKey, { bankChoice, terminal, shopper, ...claims }, redirectUrl] = demand(
    readKey(asked.headers['idempotency-key']),
    readBody,
    redirectUrlIn(readBody, defaultRedirectUrl, ''),
  );
  const clientIp = shopper?.ip ?? plainIp(asked.ip);
  const request = { idempotencyKey, claims, signedAt, body: { bankChoice, terminal }, redirectUrl, clientIp };
  return { by: 'server', ...request, userAgent: shopper?.userAgent };
}

/** Where the bank sends the buyer, and what a schema cannot check of an order. */
function redirectUrlIn(claims: Read<CheckoutTokenClaims>, fallback: string | undefined, prefix: string): Read<string> {
  if ('complaints' in claims) return { data: '' };
  const { redirectUrl = fallback, order } = claims.data;
  const wrong = [
    ...errorsOf(`${prefix}redirectUrl`, redirectUrlProblem(redirectUrl)),
    ...errorsOf(`${prefix}order.expiresAt`, endOfOrderProblem(order.expiresAt)),
  ];
  return wrong.length > 0 || redirectUrl === undefined ? { complaints: { unknown: [], wrong } } : { data: redirectUrl };
}

const plainIp = (ip: string): string => ip.replace(/^::ffff:(?=\d+\.)/i, '');

const redirectUrlProblem = (redirectUrl: string | undefined): string | undefined =>
  redirectUrl === undefined ? 'is required: there is no default here' : returnUrlProblem(redirectUrl);

const errorsOf = (field: string, message: string | undefined): FieldError[] =>
  message === undefined ? [] : [{ field, message }];
