import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKey } from './keys.js';
import { databaseOwners, localUrl, settingsOf, type Surroundings } from './parts.js';

/** What the command `kasir` wants to know of a local Kasir while it runs: where each service takes orders, and what it runs with. */
export interface OperatorFile {
  write(surroundings: Surroundings): void;
  /** Who reads it no longer finds a Kasir that runs. */
  remove(): void;
}

/** `operator.json` in the folder of a local Kasir, for its owner's eyes only. */
export function operatorFile(folder: string): OperatorFile {
  const file = join(folder, 'operator.json');
  return {
    write(surroundings) {
      const services = databaseOwners.map((name) => {
        const adminUrl = localUrl(surroundings.ports[name].adminPort);
        return [name, { adminUrl, settings: settingsOf(name, surroundings) }] as const;
      });
      const content = { token: readKey(surroundings.keys.operatorToken), services: Object.fromEntries(services) };
      rmSync(file, { force: true });
      writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
    },
    remove: () => rmSync(file, { force: true }),
  };
}
