import { readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The link in a folder that leads to the part of it that had to be kept in the system's temporary folder. */
export const elsewhere = 'elsewhere';
export const elsewherePrefix = 'kasir-data-';

/** Removes a folder with all that servers keep in it, or in a folder directly beneath it; nothing happens when there is none. */
export async function removeFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  for (const holder of [folder, ...folders]) await removeElsewhere(holder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function removeElsewhere(holder: string): Promise<void> {
  const place = await readlink(join(holder, elsewhere)).catch(() => undefined);
  if (place === undefined || dirname(place) !== tmpdir() || !basename(place).startsWith(elsewherePrefix)) return;
  await rm(place, { recursive: true, force: true, maxRetries: 5 });
}
