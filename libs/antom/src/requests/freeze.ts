import { type z } from 'zod';
import { type FrozenRequest } from '../http/answer.js';
import { type Call, pathOf } from './calls.js';
import { InvalidRequest, problemsOf } from './invalid-request.js';

/**
 * A request as final bytes: the same request gives the same bytes.
 * @throws InvalidRequest naming every field that Antom would refuse
 */
export function freeze(call: Call, schema: z.ZodType, request: object): FrozenRequest {
  const checked = schema.safeParse(request);
  if (!checked.success) throw new InvalidRequest(problemsOf(checked.error));
  return { path: pathOf(call), body: JSON.stringify(checked.data) };
}
