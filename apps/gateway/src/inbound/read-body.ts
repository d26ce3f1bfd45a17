import { type z } from 'zod';
import { read } from './field-errors.js';
import { type ReadKey } from './idempotency-key.js';
import { invalid, malformed } from './problems.js';

/** A body as its schema knows it. @param key wrong ones are named together with the body's faults. @throws HttpProblem 400 or 422 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown, key?: ReadKey): T {
  const asked = read(schema, body, 'body');
  const errors = key !== undefined && 'error' in key ? [key.error] : [];
  if ('data' in asked && errors.length === 0) return asked.data;
  const { unknown, wrong } = 'complaints' in asked ? asked.complaints : { unknown: [], wrong: [] };
  const unreadable = [...errors, ...unknown];
  throw unreadable.length > 0 ? malformed([...unreadable, ...wrong]) : invalid(wrong);
}
