import { existsSync } from 'node:fs';
import { familyOf } from './processes/family.js';
import { build, cacheFolder, startParent } from './test-support/built.js';
import { openFolder, removeFolders } from './test-support/folders.js';
import { allGone } from './test-support/processes.js';

describe('a stack whose owner is killed', () => {
  beforeAll(build, 30_000);
  afterAll(removeFolders);

  it('leaves neither Kafka nor PostgreSQL nor any of their processes', async () => {
    const owner = await startParent('stack', await openFolder(), cacheFolder);
    const everything = owner.children.flatMap(familyOf);
    expect(everything.length).toBeGreaterThan(5);
    expect(everything.every((pid) => existsSync(`/proc/${pid}`))).toBe(true);
    await owner.end('SIGKILL');
    await allGone(everything);
  }, 300_000);
});
