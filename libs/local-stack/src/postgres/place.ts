import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Account, mayAccess } from './unprivileged.js';

/** The folder for PostgreSQL's files: the wanted one, or one under the system's temporary folder when the account cannot get there. */
export async function dataPlace(wanted: string, account: Account): Promise<string> {
  await mkdir(wanted, { recursive: true });
  if (mayAccess(account, '-x', wanted)) return wanted;
  return ourFolder(`kasir-data-${fingerprint(wanted)}`);
}

/** The distribution itself, or a copy under the system's temporary folder when the account cannot run it where it is. */
export async function runnablePlace(distribution: string, account: Account): Promise<string> {
  if (['initdb', 'postgres'].every((name) => mayAccess(account, '-x', join(distribution, 'bin', name))))
    return distribution;
  const copy = join(await ourFolder('kasir-postgres'), fingerprint(distribution));
  if (mayAccess(account, '-x', join(copy, 'bin', 'postgres'))) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(distribution, draft, { recursive: true, verbatimSymlinks: true });
  await openForReading(draft);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

/** Others may write to the temporary folder too, so a folder there counts only when it is ours. */
async function ourFolder(name: string): Promise<string> {
  const folder = join(tmpdir(), name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === process.getuid?.()) return folder;
  throw new Error(
    `${basename(folder)} in ${tmpdir()} belongs to somebody else; remove it or set TMPDIR to a folder of your own`,
  );
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
}

/** Hands a folder to the account; PostgreSQL insists on owning its data. */
export async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

const fingerprint = (path: string): string => createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
