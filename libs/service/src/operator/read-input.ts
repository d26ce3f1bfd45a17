import { type FieldError, HttpProblem, problem } from '@kasir/platform';
import { type z } from 'zod';

/** @throws HttpProblem 422 naming every field that is wrong; it repeats no value */
export function readInput<Input extends z.ZodType>(schema: Input, body: unknown): z.output<Input> {
  const result = schema.safeParse(body ?? {}, { error: wordsFor });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(complaints);
  throw new HttpProblem(problem(422, 'invalid_request', 'The request is wrong', { errors }));
}

const wordsFor: z.core.$ZodErrorMap = (issue) =>
  issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
    ? 'is required'
    : undefined;

function complaints(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'is not known here' }));
  return [{ field: path.join('.') || 'body', message: issue.message }];
}
