import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder, removeFolders } from '../test-support/folders.specs.js';
import { elsewhere, elsewherePrefix, removeFolder } from './remove-folder.js';
import { openRunFolder } from './run-folder.js';

describe('the folder of a run', () => {
  afterAll(removeFolders);

  it('is new for every run, and gone when it is removed', async () => {
    const parent = await openFolder();
    const [one, other] = await Promise.all([openRunFolder(parent, 'test'), openRunFolder(parent, 'test')]);
    expect(one.folder).not.toBe(other.folder);
    await one.remove();
    expect(await visible(parent)).toEqual([other.folder.slice(parent.length + 1)]);
  });

  it('does away with what killed runs left, and with nothing else', async () => {
    const parent = await openFolder();
    for (const name of ['test-4711-dead', 'start']) {
      await mkdir(join(parent, name, 'postgres'), { recursive: true });
      await writeFile(join(parent, name, 'postgres', 'password'), 'x');
    }
    const { folder } = await openRunFolder(parent, 'test');
    expect(await visible(parent)).toEqual(['start', folder.slice(parent.length + 1)]);
  });

  it('takes along the part of it that had to be kept elsewhere', async () => {
    const folder = await openFolder();
    const place = await mkdtemp(join(tmpdir(), elsewherePrefix));
    await mkdir(join(folder, 'postgres'));
    await symlink(place, join(folder, 'postgres', elsewhere));
    await removeFolder(folder);
    expect([folder, place].map(existsSync)).toEqual([false, false]);
  });

  it('never follows a link to a folder that no stack made', async () => {
    const [folder, precious] = [await openFolder(), await openFolder()];
    await symlink(precious, join(folder, elsewhere));
    await removeFolder(folder);
    expect(existsSync(precious)).toBe(true);
  });
});

const visible = async (parent: string): Promise<string[]> => (await readdir(parent)).sort();
