import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { claimFolder, FolderInUse } from './claim-folder.js';
import { removeFolder } from './remove-folder.js';

export interface RunFolder {
  readonly folder: string;
  /** Removes the folder; every server in it must have been stopped. */
  remove(): Promise<void>;
}

/**
 * A new folder for one run, which no other run uses, under `parent`. What killed runs left there under the same prefix is removed first.
 * @param prefix of letters and dashes, such as "test"
 */
export async function openRunFolder(parent: string, prefix: string): Promise<RunFolder> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, prefix);
  const name = `${prefix}-${process.pid}-${randomInt(2 ** 47).toString(36)}`;
  const folder = join(parent, name);
  // claimed before it has its name, so that no other run takes it for an abandoned one
  await claimFolder(join(parent, `.${name}`));
  await rename(join(parent, `.${name}`), folder);
  return { folder, remove: () => removeFolder(folder) };
}

async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  const siblings = (await readdir(parent)).filter((name) => name.startsWith(`${prefix}-`));
  for (const sibling of siblings) await removeUnlessUsed(join(parent, sibling));
}

async function removeUnlessUsed(folder: string): Promise<void> {
  try {
    await claimFolder(folder);
    await removeFolder(folder);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
  }
}
