import { type FieldError, HttpProblem, problem } from '@kasir/platform';

/** The same words for what does not exist and for what is another order's. */
export const notFound = (): HttpProblem =>
  new HttpProblem(
    problem(404, 'not_found', 'Not Found', {
      detail: 'nothing is here for this token or key: check the path, the method and the id',
    }),
  );

/** Bodies that are larger are not read, in bytes. */
export const largestBodyBytes = 32_768;

/** What to say of a refusal of the framework's, which knows the status alone. */
export const refusalsOfFramework: Readonly<Record<number, () => HttpProblem>> = {
  404: notFound,
  413: () =>
    unreadable(413, 'payload_too_large', { field: 'body', message: `must be at most ${largestBodyBytes} bytes` }),
  415: () => unreadable(415, 'unsupported_media_type', { field: 'Content-Type', message: 'must be application/json' }),
};

const unreadable = (status: number, code: string, error: FieldError): HttpProblem =>
  new HttpProblem(problem(status, code, 'The request cannot be understood', { errors: [error] }));

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

/** @param field where the request says when the order ends */
export const orderExpired = (at: Date, field: string): HttpProblem =>
  new HttpProblem(
    problem(422, 'order_expired', 'The order has expired', {
      detail: `no payment can begin after ${at.toISOString()}; a new try needs a new order`,
      errors: [{ field, message: 'must be in the future' }],
    }),
  );

export const secretKeyNeeded = (): HttpProblem =>
  new HttpProblem(
    problem(403, 'secret_key_needed', 'Only the merchant’s server may do this', {
      detail: 'send the secret key instead of a checkout token, from a server and never from an app',
    }),
  );

export const alreadyPaid = (): HttpProblem =>
  conflict('payment_succeeded', 'The payment session is paid', 'a payment that succeeded is refunded, not cancelled');

export const orderNotPaid = (): HttpProblem =>
  conflict(
    'order_not_paid',
    'The order has not been paid',
    'name a paymentSessionId to refund a payment that did not pay the order',
  );

export const nothingLeft = (): HttpProblem =>
  conflict(
    'nothing_left_to_refund',
    'Nothing is left of the payment',
    'all of it was given back, or is on its way; GET the refunds of before to see how they went',
  );

const conflict = (code: string, title: string, detail: string): HttpProblem =>
  new HttpProblem(problem(409, code, title, { detail }));

/** Nothing was written, so the same request may be sent again. */
export const brokerSilent = (): HttpProblem => unavailable('broker_silent', 'payments cannot be started right now', 5);

export const storageUnavailable = (): HttpProblem =>
  unavailable('storage_unavailable', 'repeat the request with the same idempotency key', 2);

export const tooManyStreams = (): HttpProblem =>
  unavailable('too_many_streams', 'this instance follows as many sessions as it can; GET the session meanwhile', 5);

const unavailable = (code: string, detail: string, retryAfterSeconds: number): HttpProblem =>
  new HttpProblem(problem(503, code, 'Please try again', { detail }), { 'retry-after': String(retryAfterSeconds) });
