import { type FieldError } from '@kasir/platform';
import { type z } from 'zod';

export interface Complaints {
  /** Fields that nobody knows, or a value that is not even an object. */
  readonly unknown: readonly FieldError[];
  readonly wrong: readonly FieldError[];
}

export type Read<T> = { readonly data: T } | { readonly complaints: Complaints };

/** Reads a value and names every field that is wrong, by its path and by what it must be. Never repeats a value. */
export function read<T>(schema: z.ZodType<T>, value: unknown, name: string, prefix = ''): Read<T> {
  const result = schema.safeParse(value, { error: wordsFor });
  if (result.success) return { data: result.data };
  const { issues } = result.error;
  return {
    complaints: {
      unknown: issues.flatMap((issue) => unknownFields(issue, name, prefix)),
      wrong: issues
        .filter((issue) => !isUnknown(issue))
        .map(({ path, message }) => ({ field: fieldOf(prefix, path), message })),
    },
  };
}

type Issue = z.core.$ZodIssue;

const wordsFor: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is required' : `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value')
    return issue.input === undefined ? 'is required' : `must be ${issue.values.map(String).join(' or ')}`;
  return undefined;
};

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const fieldOf = (prefix: string, path: readonly PropertyKey[]): string => prefix + path.map(String).join('.');

const isUnknown = (issue: Issue): boolean => issue.code === 'unrecognized_keys' || issue.path.length === 0;

function unknownFields(issue: Issue, name: string, prefix: string): FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: fieldOf(prefix, [...issue.path, key]), message: 'is not known here' }));
  return issue.path.length === 0 ? [{ field: name, message: issue.message }] : [];
}
