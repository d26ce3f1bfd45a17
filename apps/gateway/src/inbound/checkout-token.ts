import { type Clock } from '@kasir/kernel';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { unauthorized } from './problems.js';

/** A token whose signature, audience and times are right; what it says of the order is still to be read. */
export interface CheckoutToken {
  readonly claims: JWTPayload;
  /** As the token spells it, which need not be a possible order id. */
  readonly orderId: string;
  readonly signedAt: Date;
}

/** @throws HttpProblem 401 with a code that says which check failed */
export type VerifyToken = (authorization: string | undefined) => Promise<CheckoutToken>;

export interface TokenRules {
  readonly jwks: JSONWebKeySet;
  readonly audience: string;
  /** How far the shop's clock may be off, in milliseconds. */
  readonly leewayMs: number;
}

/** Asymmetric only: who can check a token must not be able to sign one. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

export function tokenVerifier({ jwks, audience, leewayMs }: TokenRules, clock: Clock): VerifyToken {
  const keys = createLocalJWKSet(jwks);
  return async (authorization) => {
    const token = bearerOf(authorization);
    const now = clock.now();
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      audience,
      requiredClaims: ['exp', 'order'],
      clockTolerance: leewayMs / 1000,
      currentDate: now,
    }).catch((error: unknown) => {
      throw refusalOf(error, audience);
    });
    return { claims: payload, orderId: orderIdOf(payload), signedAt: signedAtOf(payload, now) };
  };
}

function orderIdOf({ order }: JWTPayload & { order?: unknown }): string {
  const { id } = (order ?? {}) as { id?: unknown };
  if (typeof id !== 'string') throw missing('order.id');
  return id;
}

/** A clock that is ahead of ours signs now. */
function signedAtOf({ iat }: JWTPayload, now: Date): Date {
  const signedAt = iat === undefined ? now.getTime() : new Date(iat * 1000).getTime();
  if (Number.isNaN(signedAt)) throw unauthorized('token_claim_wrong', 'the claim iat is wrong');
  return new Date(Math.min(signedAt, now.getTime()));
}

/** @throws HttpProblem 401 where there is none */
export function bearerOf(authorization: string | undefined): string {
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (token === undefined)
    throw unauthorized(
      'token_missing',
      'send a checkout token, or the secret key of a merchant’s server, as Authorization: Bearer <token>',
    );
  return token;
}

const missing = (claim: string) => unauthorized('token_claim_missing', `the token has no claim ${claim}`);

/** Codes of jose that need no further look. */
const refusals: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  ERR_JWT_EXPIRED: ['token_expired', 'the token has expired'],
  ERR_JOSE_ALG_NOT_ALLOWED: ['token_algorithm_refused', `the token must be signed with ${algorithms.join(', ')}`],
  ERR_JOSE_NOT_SUPPORTED: ['token_algorithm_refused', `the token must be signed with ${algorithms.join(', ')}`],
  ERR_JWKS_NO_MATCHING_KEY: ['token_key_unknown', 'no key of the shop fits the kid and alg of the token'],
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: ['token_key_ambiguous', 'several keys of the shop fit: name one by kid'],
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: ['token_signature_wrong', 'the signature does not fit the token'],
};

function refusalOf(error: unknown, audience: string): unknown {
  if (!(error instanceof errors.JOSEError)) return error;
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error, audience);
  return unauthorized(
    ...(refusals[error.code] ?? (['token_malformed', 'this is neither a signed JWT nor a known secret key'] as const)),
  );
}

function claimRefusal({ claim, reason }: errors.JWTClaimValidationFailed, audience: string) {
  if (reason === 'missing') return missing(claim);
  if (claim === 'aud') return unauthorized('token_audience_wrong', `the claim aud must be ${audience}`);
  if (claim === 'nbf' && reason === 'check_failed')
    return unauthorized('token_not_yet_valid', 'the token is not valid yet');
  return unauthorized('token_claim_wrong', `the claim ${claim} is wrong`);
}
