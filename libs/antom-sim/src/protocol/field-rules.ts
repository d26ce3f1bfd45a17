import { isIP } from 'node:net';

type Json = unknown;

/** What is wrong with a value, or undefined. */
export type Check = (value: Json) => string | undefined;

export interface FieldRule {
  /** Dots lead into objects. */
  readonly path: string;
  readonly required: boolean;
  readonly check: Check;
}

export const required = (path: string, check: Check): FieldRule => ({ path, required: true, check });
export const optional = (path: string, check: Check): FieldRule => ({ path, required: false, check });

/** The value at a path, or undefined when the way there ends earlier. */
export function at(body: Json, path: string): Json {
  let value = body;
  for (const key of keysOf(path)) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Paths are few and asked for again and again. */
const splitPaths = new Map<string, readonly string[]>();

function keysOf(path: string): readonly string[] {
  const known = splitPaths.get(path);
  if (known !== undefined) return known;
  const keys = path.split('.');
  splitPaths.set(path, keys);
  return keys;
}

export const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first field that breaks its rule, and how. */
export function firstProblem(body: Json, rules: readonly FieldRule[]): string | undefined {
  for (const rule of rules) {
    const value = at(body, rule.path);
    const missing = value === undefined || value === null || value === '';
    const problem = missing ? (rule.required ? 'is missing' : undefined) : rule.check(value);
    if (problem !== undefined) return `${rule.path} ${problem}`;
  }
  return undefined;
}

export const text =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= max ? undefined : `must be a text of at most ${max} characters`;

export const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? undefined : `must be ${values.join(' or ')}`;

export const currency: Check = (value) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? undefined : 'must be an ISO 4217 code';

export const minorUnits: Check = (value) =>
  typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value)
    ? undefined
    : 'must be a string of 1 to 16 digits, more than zero';

const addressProblem = (value: Json, protocols?: readonly string[]): string | undefined => {
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null;
  if (url === null) return 'must be a URL of at most 2048 characters';
  return protocols?.includes(url.protocol) === false ? 'must be an http or https URL' : undefined;
};

export const webAddress: Check = (value) => addressProblem(value);

export const httpAddress: Check = (value) => addressProblem(value, ['http:', 'https:']);

/** Rupiah have two minor digits, and Antom wants both of them to be zero. */
export const wholeRupiah: Check = (amount) =>
  at(amount, 'currency') === 'IDR' && !String(at(amount, 'value')).endsWith('00')
    ? 'must end in 00 where its currency is IDR'
    : undefined;

export const ipAddress: Check = (value) => (isIP(String(value)) === 0 ? 'must be an IPv4 or IPv6 address' : undefined);

export const listOf =
  (most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most ? undefined : `must be a list of at most ${most}`;

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

export const time: Check = (value) =>
  typeof value === 'string' && isoTime.test(value) && !Number.isNaN(Date.parse(value))
    ? undefined
    : 'must be a time in ISO 8601 with its offset';
