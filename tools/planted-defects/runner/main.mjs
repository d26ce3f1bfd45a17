/**
 * Plants one defect after the other in a copy of the tree and demands that the tests it names fail by an assertion. Most
 * of that is waiting for what will not come, so that two copies share the time.
 * Without names every defect; writes docs/proof/planted.json then.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeProof } from '../../proof.mjs';
import { tellCounts } from '../../test-long/tell-counts.mjs';
import { startServers } from '../../test/servers.mjs';
import { claimTestFolder } from '../../test/test-folder.mjs';
import { checkDefects, chosenDefects } from './defects.mjs';
import { share } from './share.mjs';
import { runTests, titleOf } from './tests.mjs';
import { copyTree } from './tree.mjs';

const names = process.argv.slice(2);
const endings = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

let good = false;
try {
  good = await prove();
} catch (error) {
  console.error(error.message);
}
for (const end of endings.reverse()) await end().catch((error) => console.error(`while stopping: ${error.message}`));
process.exit(good ? 0 : 1);

async function prove() {
  await checkDefects();
  const defects = await chosenDefects(names);
  const folder = claimTestFolder();
  endings.push(folder.remove);
  const results = join(folder.path, 'results');
  mkdirSync(results);
  const trees = ['tree-1', 'tree-2'].map((name) => copyTree(join(folder.path, name)));
  const { env, versions } = await startServers(folder.path, endings);
  console.log(versions);
  const run = (tree, tests) => runTests(tree, tests, env, results);

  const began = Date.now();
  const all = defects.flatMap(({ tests }) => tests);
  console.log(`${defects.length} defects; first their tests on sound code …`);
  const specs = [...new Set(all.map(({ spec }) => spec))].map((spec) => all.filter((test) => test.spec === spec));
  const sound = (await share(trees, specs, run)).flat();
  const ill = sound.filter(({ outcome }) => outcome !== 'green');
  for (const { title, why } of ill) console.error(`not green on sound code: ${title}: ${why}`);
  console.log(
    `${sound.length - ill.length} of ${sound.length} tests are green on sound code (${secondsSince(began)} s)`,
  );
  tellCounts({ passed: 0, failed: ill.length });
  if (ill.length > 0) return false;

  let begun = 0;
  const found = await share(trees, defects, (tree, defect) =>
    judge(tree, defect, run, `${(begun += 1)}/${defects.length}`),
  );
  const caught = found.filter((each) => each.caught).length;
  tellCounts({ passed: caught, failed: defects.length - caught });
  console.log(`caught ${caught} of ${defects.length} planted defects in ${secondsSince(began)} s`);
  if (names.length === 0)
    await writeProof('planted', 'npm run test:planted', {
      seconds: secondsSince(began),
      soundTests: sound.length,
      caught,
      total: defects.length,
      defects: found,
    });
  return caught === defects.length;
}

async function judge(tree, defect, run, place) {
  const began = Date.now();
  const mend = tree.plant(defect);
  const outcomes = await run(tree, defect.tests).finally(mend);
  const caught = defect.tests.every((test) =>
    outcomes.some(
      ({ spec, title, outcome }) => spec === test.spec && title.includes(titleOf(test)) && outcome === 'red',
    ),
  );
  console.log(`${place} ${caught ? 'caught    ' : 'NOT CAUGHT'} ${defect.name} (${secondsSince(began)} s)`);
  if (!caught)
    for (const { title, outcome, why = '' } of outcomes) console.log(`      ${outcome}: ${title}${why && `: ${why}`}`);
  const { name, file, tests } = defect;
  return { name, file, caught, tests: tests.map(titleOf), seconds: secondsSince(began) };
}

function secondsSince(began) {
  return Math.round((Date.now() - began) / 1_000);
}
