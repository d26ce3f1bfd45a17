import { type IncomingHttpHeaders } from 'node:http';
import { CheckoutTokenClaims, CreatePaymentSessionBody } from '@kasir/contracts';
import { type FieldError } from '@kasir/platform';
import { type Wish } from '../application/request-payment-session.js';
import { endOfOrderProblem } from '../domain/order.js';
import { returnUrlProblem } from '../domain/return-url.js';
import { type CheckoutToken } from './checkout-token.js';
import { read } from './field-errors.js';
import { invalid, malformed } from './problems.js';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly ip: string;
}

/** Takes a request apart. @throws HttpProblem 400 or 422, which names every field that is wrong */
export function readWish({ headers, body, ip }: Asked, token: CheckoutToken, defaultRedirectUrl?: string): Wish {
  const key = readKey(headers['idempotency-key']);
  const claims = read(CheckoutTokenClaims, token.claims, 'token', 'token.');
  const asked = read(CreatePaymentSessionBody, body, 'body');
  const redirectUrl = 'data' in claims ? (claims.data.redirectUrl ?? defaultRedirectUrl) : undefined;

  const complaints = [claims, asked].flatMap((part) => ('complaints' in part ? [part.complaints] : []));
  const unreadable = [...('error' in key ? [key.error] : []), ...complaints.flatMap(({ unknown }) => unknown)];
  const wrong = complaints.flatMap((each) => each.wrong);
  if ('data' in claims) {
    wrong.push(...errorsOf('token.redirectUrl', redirectUrlProblem(redirectUrl)));
    wrong.push(...errorsOf('token.order.expiresAt', endOfOrderProblem(claims.data.order.expiresAt)));
  }
  if (unreadable.length > 0) throw malformed([...unreadable, ...wrong]);
  if (wrong.length > 0) throw invalid(wrong);

  return {
    idempotencyKey: (key as { data: string }).data,
    claims: (claims as { data: CheckoutTokenClaims }).data,
    signedAt: token.signedAt,
    body: (asked as { data: CreatePaymentSessionBody }).data,
    redirectUrl: redirectUrl!,
    clientIp: ip.replace(/^::ffff:(?=\d+\.)/i, ''),
    userAgent: headers['user-agent']?.slice(0, 1024),
  };
}

function readKey(text: string | string[] | undefined): { data: string } | { error: FieldError } {
  if (typeof text === 'string' && /^[\x20-\x7e]{1,255}$/.test(text)) return { data: text };
  const message = text === undefined ? 'is required' : 'must be 1 to 255 printable ASCII characters';
  return { error: { field: 'Idempotency-Key', message } };
}

const redirectUrlProblem = (redirectUrl: string | undefined): string | undefined =>
  redirectUrl === undefined ? 'is required: there is no default here' : returnUrlProblem(redirectUrl);

const errorsOf = (field: string, message: string | undefined): FieldError[] =>
  message === undefined ? [] : [{ field, message }];
