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
  if (issue.code === 'invalid_format') return `must ${formatOf(issue)}`;
  if (issue.code === 'invalid_union') return wordsForUnion(issue.errors.flat());
  if (issue.origin !== 'string') return undefined;
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} characters`;
  return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`;
};

/** What a text of a format is. */
const formats: Readonly<Record<string, string>> = {
  datetime: 'be a time with its offset, such as 2026-11-23T12:00:00Z',
  url: 'be a URL',
  ipv4: 'be an IPv4 address',
  ipv6: 'be an IPv6 address',
};

const formatOf = ({ format, pattern }: { readonly format: string; readonly pattern?: string }): string =>
  formats[format] ?? `match ${(pattern ?? format).replaceAll(/^\/|\/[a-z]*$/g, '')}`;

/** The ways in which it might have been right. */
const wordsForUnion = (issues: readonly Issue[]): string =>
  `must be ${[...new Set(issues.map(({ message }) => message.replace(/^must be /, '')))].join(' or ')}`;

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const fieldOf = (prefix: string, path: readonly PropertyKey[]): string => prefix + path.map(String).join('.');

const isUnknown = (issue: Issue): boolean => issue.code === 'unrecognized_keys' || issue.path.length === 0;

function unknownFields(issue: Issue, name: string, prefix: string): FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: fieldOf(prefix, [...issue.path, key]), message: 'is not known here' }));
  return issue.path.length === 0 ? [{ field: name, message: issue.message }] : [];
}
