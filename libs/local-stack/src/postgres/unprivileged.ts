import { execFileSync, spawnSync } from 'node:child_process';

/** Whom PostgreSQL runs as. Empty means ourselves. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it an ordinary account of the system.
 * @throws when root finds no such account
 */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and this system has neither an account "postgres" nor "nobody".');
}

/** Whether the account may do to a path what `test` is asked: '-x' enter or run, '-r' read, '-w' write. */
export function mayAccess(account: Account, how: '-x' | '-r' | '-w', path: string): boolean {
  return spawnSync('test', [how, path], { ...account, cwd: '/' }).status === 0;
}

function idOf(which: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
