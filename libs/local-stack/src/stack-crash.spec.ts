import { familyOf } from './processes/family.js';
import { build, cacheFolder, endParents, startParent } from './test-support/built.specs.js';
import { openFolder, removeFolders } from './test-support/folders.specs.js';
import { allGone, runs } from './test-support/processes.specs.js';

describe('a stack whose owner is killed', () => {
  beforeAll(build);
  afterEach(endParents);
  afterAll(removeFolders);

  it('leaves neither Kafka nor PostgreSQL nor any of their processes', async () => {
    const owner = await startParent('stack', await openFolder(), cacheFolder);
    const everything = owner.children.flatMap(familyOf);
    expect(everything.filter(runs).length).toBeGreaterThan(5);
    await owner.end('SIGKILL');
    await allGone(everything);
  });
});
