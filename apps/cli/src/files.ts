import { readFileSync } from 'node:fs';
import { type Console, UsageError } from './command.js';

/** A file's bytes, exactly. @throws UsageError */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

export const readText = (file: string): string => readBytes(file).toString('utf8');

/** A setting as the services read it: `NAME`, or the content of the file that `NAME_FILE` names. */
export function setting({ env }: Console, name: string): string | undefined {
  const file = env[`${name}_FILE`] || undefined;
  return env[name] || (file === undefined ? undefined : readText(file));
}
