import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Console } from '../command.js';

/** A Kasir that runs on this machine, as the file says that it keeps while it runs. */
export interface LocalKasir {
  readonly token: string;
  readonly services: Readonly<Record<string, LocalService>>;
}

export interface LocalService {
  readonly adminUrl: string;
  /** The environment that the service runs with. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Where `npm start` keeps what belongs to it. */
const usualFolder = fileURLToPath(new URL('../../../../.local/start/', import.meta.url));

/** The Kasir of `npm start`, or of the folder that KASIR_FOLDER names; undefined where none runs. */
export function findLocalKasir({ env }: Console): LocalKasir | undefined {
  try {
    return JSON.parse(readFileSync(join(env['KASIR_FOLDER'] || usualFolder, 'operator.json'), 'utf8')) as LocalKasir;
  } catch {
    return undefined;
  }
}
