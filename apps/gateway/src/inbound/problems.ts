import { type FieldError, HttpProblem, problem } from '@kasir/platform';

/** The same words for what does not exist and for what is another order's. */
export const notFound = (): HttpProblem => new HttpProblem(problem(404, 'not_found', 'Not Found'));

/** @param code tells the developer which check the token did not pass */
export function unauthorized(code: string, detail: string): HttpProblem {
  const challenge = code === 'token_missing' ? 'Bearer' : `Bearer error="invalid_token", error_description="${detail}"`;
  return new HttpProblem(problem(401, code, 'A valid checkout token is needed', { detail }), {
    'www-authenticate': challenge,
  });
}

/** The request could not be understood: something in it cannot be read, is missing from its headers, or is not known. */
export const malformed = (errors: readonly FieldError[]): HttpProblem =>
  new HttpProblem(problem(400, 'malformed_request', 'The request cannot be understood', { errors }));

/** The request was understood, and what it says is wrong. */
export const invalid = (errors: readonly FieldError[]): HttpProblem =>
  new HttpProblem(problem(422, 'invalid_request', 'The request is wrong', { errors }));

export const keyReused = (): HttpProblem =>
  new HttpProblem(
    problem(422, 'idempotency_key_reused', 'The idempotency key belongs to another request', {
      detail: 'this key was used for another body or order; a new request needs a new key',
    }),
  );

export const orderExpired = (at: Date): HttpProblem =>
  new HttpProblem(
    problem(422, 'order_expired', 'The order has expired', {
      detail: `no payment can begin after ${at.toISOString()}; a new try needs a new order`,
      errors: [{ field: 'token.order.expiresAt', message: 'must be in the future' }],
    }),
  );

/** Nothing was written, so the same request may be sent again. */
export const brokerSilent = (): HttpProblem => unavailable('broker_silent', 'payments cannot be started right now', 5);

export const storageUnavailable = (): HttpProblem =>
  unavailable('storage_unavailable', 'repeat the request with the same idempotency key', 2);

const unavailable = (code: string, detail: string, retryAfterSeconds: number): HttpProblem =>
  new HttpProblem(problem(503, code, 'Please try again', { detail }), { 'retry-after': String(retryAfterSeconds) });
