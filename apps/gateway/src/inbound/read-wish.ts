import { type IncomingHttpHeaders } from 'node:http';
import { CheckoutTokenClaims, CreatePaymentSessionBody, MerchantPaymentSessionBody } from '@kasir/contracts';
import { type FieldError } from '@kasir/platform';
import { type Wish } from '../application/request-payment-session.js';
import { endOfOrderProblem } from '../domain/order.js';
import { returnUrlProblem } from '../domain/return-url.js';
import { type CheckoutToken } from './checkout-token.js';
import { type Complaints, read } from './field-errors.js';
import { readKey, type ReadKey } from './idempotency-key.js';
import { invalid, malformed } from './problems.js';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly ip: string;
}

/** Takes an app's request apart. @throws HttpProblem 400 or 422, which names every field that is wrong */
export function readWish({ headers, body, ip }: Asked, token: CheckoutToken, defaultRedirectUrl?: string): Wish {
  const key = readKey(headers['idempotency-key']);
  const claims = read(CheckoutTokenClaims, token.claims, 'token', 'token.');
  const asked = read(CreatePaymentSessionBody, body, 'body');
  const complaints = [claims, asked].flatMap((part) => ('complaints' in part ? [part.complaints] : []));
  const wrong = 'data' in claims ? claimProblems(claims.data, defaultRedirectUrl, 'token.') : [];
  refuseIfWrong(key, complaints, wrong);

  const { data } = claims as { data: CheckoutTokenClaims };
  return {
    idempotencyKey: (key as { data: string }).data,
    claims: data,
    signedAt: token.signedAt,
    body: (asked as { data: CreatePaymentSessionBody }).data,
    redirectUrl: (data.redirectUrl ?? defaultRedirectUrl)!,
    clientIp: plainIp(ip),
    userAgent: headers['user-agent']?.slice(0, 1024),
  };
}

/** Takes the request of a merchant's server apart, which says everything in its body. @throws HttpProblem 400 or 422 */
export function readMerchantWish({ headers, body, ip }: Asked, now: Date, defaultRedirectUrl?: string): Wish {
  const key = readKey(headers['idempotency-key']);
  const asked = read(MerchantPaymentSessionBody, body, 'body');
  const wrong = 'data' in asked ? claimProblems(asked.data, defaultRedirectUrl, '') : [];
  refuseIfWrong(key, 'complaints' in asked ? [asked.complaints] : [], wrong);

  const { data } = asked as { data: MerchantPaymentSessionBody };
  const { bankChoice, terminal, shopper, ...claims } = data;
  return {
    idempotencyKey: (key as { data: string }).data,
    claims,
    signedAt: now,
    body: { bankChoice, terminal },
    redirectUrl: (claims.redirectUrl ?? defaultRedirectUrl)!,
    clientIp: shopper?.ip ?? plainIp(ip),
    userAgent: shopper?.userAgent,
  };
}

function refuseIfWrong(key: ReadKey, complaints: readonly Complaints[], more: readonly FieldError[]): void {
  const unreadable = [...('error' in key ? [key.error] : []), ...complaints.flatMap(({ unknown }) => unknown)];
  const wrong = [...complaints.flatMap((each) => each.wrong), ...more];
  if (unreadable.length > 0) throw malformed([...unreadable, ...wrong]);
  if (wrong.length > 0) throw invalid(wrong);
}

/** What a schema cannot say of an order. */
function claimProblems(
  { redirectUrl, order }: CheckoutTokenClaims,
  defaultRedirectUrl: string | undefined,
  prefix: string,
): FieldError[] {
  return [
    ...errorsOf(`${prefix}redirectUrl`, redirectUrlProblem(redirectUrl ?? defaultRedirectUrl)),
    ...errorsOf(`${prefix}order.expiresAt`, endOfOrderProblem(order.expiresAt)),
  ];
}

const plainIp = (ip: string): string => ip.replace(/^::ffff:(?=\d+\.)/i, '');

const redirectUrlProblem = (redirectUrl: string | undefined): string | undefined =>
  redirectUrl === undefined ? 'is required: there is no default here' : returnUrlProblem(redirectUrl);

const errorsOf = (field: string, message: string | undefined): FieldError[] =>
  message === undefined ? [] : [{ field, message }];
