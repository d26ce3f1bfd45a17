import { readFileSync } from 'node:fs';
import { type z } from 'zod';
import { ConfigError } from './config-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Setting<Value> {
  readonly schema: z.ZodType<Value>;
  /** What follows the equals sign. */
  readonly example: string;
  /** Taken where the variable is not set; without it the variable is required. */
  readonly fallback?: string;
}

/**
 * Reads one variable. `X_FILE` may name a file that holds the value of `X`; an empty variable counts as not set.
 * @throws ConfigError, which never shows the value
 */
export function readSetting<Value>(env: Environment, name: string, setting: Setting<Value>): Value {
  const text = valueOf(env, name) ?? setting.fallback;
  if (text === undefined) throw new ConfigError(name, 'is missing', `=${setting.example}`);
  return check(name, text, setting);
}

/** As {@link readSetting}, but undefined where neither the variable nor its file is named. */
export function readOptional<Value>(env: Environment, name: string, setting: Setting<Value>): Value | undefined {
  const text = valueOf(env, name);
  return text === undefined ? undefined : check(name, text, setting);
}

function check<Value>(name: string, text: string, { schema, example }: Setting<Value>): Value {
  const read = schema.safeParse(text);
  if (read.success) return read.data;
  throw new ConfigError(name, read.error.issues[0]?.message ?? 'is wrong', `=${example}`);
}

function valueOf(env: Environment, name: string): string | undefined {
  const file = env[`${name}_FILE`] || undefined;
  return env[name] || (file === undefined ? undefined : contentOf(`${name}_FILE`, file));
}

function contentOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      name,
      `names a file that cannot be read: ${file} (${code})`,
      `=/run/secrets/${name.toLowerCase()}`,
    );
  }
}
