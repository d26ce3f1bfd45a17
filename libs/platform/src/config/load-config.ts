import { readFileSync } from 'node:fs';
import { type z } from 'zod';
import { ConfigError } from './config-error.js';
import { type About } from './setting.js';

/** Variable name to schema. The schema's last word is `.meta({ description, example })`. */
export type ConfigShape = Readonly<Record<string, z.ZodType>>;
export type ConfigOf<Shape extends ConfigShape> = { readonly [Name in keyof Shape]: z.output<Shape[Name]> };
export type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

/**
 * Reads a service's environment once, at its start. `X_FILE` may name a file that holds the value of `X`; an empty
 * variable counts as not set.
 * @throws ConfigError for the first value that is missing or wrong; a secret's value is never in its message
 */
export function loadConfig<Shape extends ConfigShape>(
  service: string,
  shape: Shape,
  env: Environment,
): ConfigOf<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, readSetting(service, name, schema, env)]);
  return Object.fromEntries(entries) as ConfigOf<Shape>;
}

function readSetting(service: string, name: string, schema: z.ZodType, env: Environment): unknown {
  const about = aboutOf(schema);
  const text = textOf(service, name, env) ?? about.fallback;
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const hint = about.example === undefined ? '' : `, for example ${name}=${about.example}`;
  throw new ConfigError(service, `${complaint(name, text, about, result.error)}${hint}`);
}

/** Metadata stays on the schema it was given to, also where `.optional()` or `.default()` wraps it. */
function aboutOf(schema: z.ZodType): Partial<About> {
  const about = schema.meta();
  if (about !== undefined) return about as Partial<About>;
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType === undefined ? {} : aboutOf(innerType);
}

function textOf(service: string, name: string, env: Environment): string | undefined {
  const direct = env[name];
  if (isSet(direct)) return direct;
  const file = env[`${name}_FILE`];
  return isSet(file) ? textOfFile(service, `${name}_FILE`, file) : undefined;
}

function textOfFile(service: string, name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(service, `${name} names a file that cannot be read: ${file} (${code})`);
  }
}

function complaint(name: string, text: string | undefined, about: Partial<About>, error: z.ZodError): string {
  if (text === undefined) return `${name} is missing${about.description === undefined ? '' : `: ${about.description}`}`;
  const { path, message } = error.issues[0]!;
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  if (about.secret === true) return `${name} ${where}${message.replaceAll(text, '(hidden)')}`;
  return `${name} ${where}${message} (it is "${text.slice(0, 80)}")`;
}
