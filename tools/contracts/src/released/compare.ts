import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema } from '../json-schema.js';

/** Something that a reader or a kept message of the released contract would not survive. */
export interface Break {
  /** Where in the data, such as `amount.value`; empty for the data itself. */
  readonly path: string;
  readonly what: string;
}

/** Keywords that say something to people and nothing about what is valid. */
const annotations = ['$id', '$schema', '$comment', 'title', 'description', 'examples', 'deprecated'];
/** More is stricter. */
const lowerLimits = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'];
/** Less is stricter. */
const upperLimits = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'];

const olderReaders = 'readers of the released contract would refuse what is new';
const olderMessages = 'messages that are already kept would be refused';

/**
 * What keeps a schema from taking the place of the released one. Topics are kept for years and services are replaced one
 * by one, so it has to hold both ways: new readers meet old messages, and old readers meet new ones. What remains is one
 * kind of change: a new property that may be absent. A closed list of values stays as long as it is, for a reader
 * refuses a value that it does not know.
 */
export const breaksBetween = (released: JsonSchema, current: JsonSchema): readonly Break[] => [
  ...inSchema(asJson(released), asJson(current), ''),
];

const asJson = (schema: JsonSchema): JsonSchema => JSON.parse(JSON.stringify(schema)) as JsonSchema;

function* inSchema(released: JsonSchema, current: JsonSchema, path: string): Generator<Break> {
  for (const keyword of new Set([...Object.keys(released), ...Object.keys(current)])) {
    if (annotations.includes(keyword)) continue;
    yield* inKeyword(keyword, released, current, path);
  }
}

function* inKeyword(keyword: string, was: JsonSchema, is: JsonSchema, path: string): Generator<Break> {
  const [released, current] = [was[keyword], is[keyword]];
  if (keyword === 'properties') yield* inProperties(was, is, path);
  else if (keyword === 'required') yield* inRequired(list(released), list(current), path);
  else if (keyword === 'enum' || keyword === 'type') yield* inValues(keyword, list(released), list(current), path);
  else if (keyword === 'items' || keyword === 'propertyNames' || keyword === 'additionalProperties')
    yield* inPart(keyword, released, current, path);
  else if (lowerLimits.includes(keyword)) yield* inLimit(keyword, released, current, path, 1);
  else if (upperLimits.includes(keyword)) yield* inLimit(keyword, released, current, path, -1);
  else if (!isDeepStrictEqual(released, current)) yield { path, what: changed(keyword, released, current) };
}

function* inProperties(was: JsonSchema, is: JsonSchema, path: string): Generator<Break> {
  const [released, current] = [fields(was['properties']), fields(is['properties'])];
  for (const [name, schema] of Object.entries(released)) {
    const next = current[name];
    const at = path === '' ? name : `${path}.${name}`;
    if (next === undefined) yield { path: at, what: 'is gone, and readers may rely on it' };
    else yield* inSchema(schema, next, at);
  }
  const added = Object.keys(current).filter((name) => !(name in released));
  if (was['additionalProperties'] === false && added.length > 0)
    yield { path, what: `has ${added.join(', ')} more, where the released contract takes no others: ${olderReaders}` };
}

function* inRequired(released: readonly unknown[], current: readonly unknown[], path: string): Generator<Break> {
  const demanded = current.filter((name) => !released.includes(name));
  const freed = released.filter((name) => !current.includes(name));
  if (demanded.length > 0) yield { path, what: `now demands ${demanded.join(', ')}: ${olderMessages}` };
  if (freed.length > 0) yield { path, what: `no longer promises ${freed.join(', ')}: ${olderReaders}` };
}

/** Of `enum` and `type`; without one every value is allowed. */
function* inValues(
  keyword: string,
  released: readonly unknown[],
  current: readonly unknown[],
  path: string,
): Generator<Break> {
  if ((released.length === 0) !== (current.length === 0)) {
    const [what, who] = released.length === 0 ? ['new', olderMessages] : ['gone', olderReaders];
    yield { path, what: `${keyword} is ${what}: ${who}` };
    return;
  }
  const taken = released.filter((value) => !current.includes(value));
  const added = current.filter((value) => !released.includes(value));
  if (taken.length > 0) yield { path, what: `${keyword} has lost ${taken.join(', ')}: ${olderMessages}` };
  if (added.length > 0) yield { path, what: `${keyword} has ${added.join(', ')} more: ${olderReaders}` };
}

function* inPart(keyword: string, released: unknown, current: unknown, path: string): Generator<Break> {
  if (isSchema(released) && isSchema(current)) yield* inSchema(released, current, `${path}[${keyword}]`);
  else if (!isDeepStrictEqual(released, current)) yield { path, what: changed(keyword, released, current) };
}

/** @param stricter 1 where more is stricter, -1 where less is */
function* inLimit(
  keyword: string,
  released: unknown,
  current: unknown,
  path: string,
  stricter: 1 | -1,
): Generator<Break> {
  if (released === current) return;
  const none = -stricter * Infinity;
  const tighter =
    ((current as number | undefined) ?? none) * stricter > ((released as number | undefined) ?? none) * stricter;
  yield { path, what: `${changed(keyword, released, current)}: ${tighter ? olderMessages : olderReaders}` };
}

const changed = (keyword: string, released: unknown, current: unknown): string =>
  `${keyword} was ${shown(released)} and is ${shown(current)}`;

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const fields = (value: unknown): Readonly<Record<string, JsonSchema>> =>
  (value ?? {}) as Readonly<Record<string, JsonSchema>>;
