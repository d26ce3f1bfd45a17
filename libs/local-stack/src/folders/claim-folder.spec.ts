import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, endParents, startParent } from '../test-support/built.specs.js';
import { openFolder, removeFolders } from '../test-support/folders.specs.js';
import { type Claim, claimFolder, FolderInUse, type Holder, whenClaimed } from './claim-folder.js';

describe('a claim on a folder', () => {
  beforeAll(build);
  afterEach(endParents);
  afterAll(removeFolders);

  it('is refused to a second process, which hears who runs and where to find it', async () => {
    const folder = await openFolder();
    const first = await startParent('claim', folder);
    const refusal = await refusalOf(claimFolder(folder));
    await first.end('SIGTERM');
    expect(refusal.holder.pid).toBe(first.pid);
    expect(refusal.message).toMatch(
      new RegExp(`^already running: process ${first.pid}, since \\d{4}-.*Z\n  the shop: http://127.0.0.1:3000$`),
    );
  });

  it('is taken over when its holder was killed', async () => {
    const folder = await openFolder();
    const first = await startParent('claim', folder);
    await first.end('SIGKILL');
    await claimFolder(folder);
    expect(await readdir(folder)).toEqual([expect.stringMatching(`^claim-${process.pid}-.*json$`)]);
  });

  it('is taken over when the id of its dead holder belongs to another process now', async () => {
    const folder = await openFolder();
    await claimFolder(folder);
    await rewriteClaim(folder, (holder) => ({ ...holder, birth: 'an earlier boot 4711' }));
    await claimFolder(folder);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('can be had again when it was released', async () => {
    const folder = await openFolder();
    await (await claimFolder(folder)).release();
    await (await claimFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is held by one at most when ten come at once', async () => {
    const folder = await openFolder();
    let holding = 0;
    const turns = Array.from({ length: 10 }, async () => {
      const claim: Claim = await whenClaimed(() => claimFolder(folder), 60_000);
      holding += 1;
      const together = holding;
      await readdir(folder);
      holding -= 1;
      await claim.release();
      return together;
    });
    expect(await Promise.all(turns)).toEqual(Array(10).fill(1));
  });
});

async function refusalOf(claim: Promise<unknown>): Promise<FolderInUse> {
  const error = await claim.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FolderInUse) return error;
  throw new Error('the claim was not refused', { cause: error });
}

async function rewriteClaim(folder: string, change: (holder: Holder) => Holder): Promise<void> {
  const file = join(folder, (await readdir(folder))[0]!);
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as Holder)));
}
