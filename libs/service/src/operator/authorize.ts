import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpProblem, problem } from '@kasir/platform';

/** @throws HttpProblem 403 where the service has no token, 401 where the caller has another one */
export function authorize(token: string | undefined, authorization: string | undefined): void {
  if (token === undefined)
    throw new HttpProblem(
      problem(403, 'operator_token_unset', 'This service takes no orders from operators', {
        detail: 'set OPERATOR_TOKEN (24 characters or more) where the service runs, and start it again',
      }),
    );
  const [, given] = /^bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (given === undefined || !isSame(given, token))
    throw new HttpProblem(
      problem(401, given === undefined ? 'token_missing' : 'token_wrong', "The operator's token is needed", {
        detail: 'send it as Authorization: Bearer <OPERATOR_TOKEN of this service>',
      }),
      { 'www-authenticate': 'Bearer' },
    );
}

/** Takes the same time whatever the difference is, also in length. */
const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
