import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { elsewhere, elsewherePrefix } from '../folders/remove-folder.js';
import { type Account, mayAccess } from './unprivileged.js';

/**
 * The folder for PostgreSQL's files: the wanted one, or, when the account cannot get there (root's home is closed to it),
 * one in the system's temporary folder, with a link to it in the wanted one.
 */
export async function dataPlace(wanted: string, account: Account): Promise<string> {
  await mkdir(wanted, { recursive: true });
  if (mayAccess(account, '-x', wanted)) return wanted;
  const link = join(wanted, elsewhere);
  const existing = await readlink(link).catch(() => undefined);
  if (existing !== undefined && mayAccess(account, '-x', existing)) return existing;
  const place = await mkdtemp(join(tmpdir(), elsewherePrefix));
  await chmod(place, 0o755);
  await rm(link, { force: true });
  await symlink(place, link);
  return place;
}

/** The distribution itself, or a copy in the system's temporary folder when the account cannot run it where it is. */
export async function runnablePlace(distribution: string, account: Account): Promise<string> {
  if (canRun(distribution, account)) return distribution;
  const copy = join(await ourTemporaryFolder('kasir-postgres'), await fingerprint(distribution));
  if (canRun(copy, account)) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(distribution, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

const canRun = (distribution: string, account: Account): boolean =>
  ['initdb', 'postgres'].every((name) => mayAccess(account, '-x', join(distribution, 'bin', name)));

/** Others may write to the temporary folder too, so a folder there counts only when it is ours. */
async function ourTemporaryFolder(name: string): Promise<string> {
  const folder = join(tmpdir(), name);
  await mkdir(folder, { recursive: true });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to somebody else; remove it, or set TMPDIR to a folder of your own`);
  await chmod(folder, 0o755);
  return folder;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

/** Hands a file or folder to the account; PostgreSQL insists on owning its data. */
export async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** Another path or another build of the server makes another copy. */
async function fingerprint(distribution: string): Promise<string> {
  const { size, mtimeMs } = await stat(join(distribution, 'bin', 'postgres'));
  return createHash('sha256')
    .update(`${resolve(distribution)} ${size} ${mtimeMs}`)
    .digest('hex')
    .slice(0, 16);
}
