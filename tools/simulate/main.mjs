/** Worlds in which everything goes wrong that can: `npm run simulate -- --seed N --runs M`. The same seed is the same world. */
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { runSeed, summaryOf } from '@kasir/simulate';
import { writeProof } from '../proof.mjs';
import { tellCounts } from '../test-long/tell-counts.mjs';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string', default: '5000' }, proof: { type: 'boolean' } },
});
const first = Number(values.seed ?? randomInt(2 ** 31));
const runs = Number(values.runs);
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error('--seed and --runs must be whole numbers, such as --seed 42 --runs 1000');
  process.exit(2);
}

/** Fewer worlds than this may well be spared one mishap or another. */
const enoughToMeetAll = 300;

console.log(`${runs} worlds from seed ${first} on`);
const began = performance.now();
const verdicts = [];
for (let seed = first; seed < first + runs; seed += 1) {
  verdicts.push(await runSeed(seed));
  if (verdicts.length % 1000 === 0) console.log(`${verdicts.length} …`);
}
const seconds = (performance.now() - began) / 1000;
const { steps, mishaps, told, failed, untried } = summaryOf(verdicts);
console.table(mishaps);
console.table(told);
const perMinute = Math.round((runs / seconds) * 60);
console.log(`${runs} worlds, ${steps} steps, ${perMinute} a minute: ${failed.length} broke a promise`);

for (const { seed, broken } of failed.slice(0, 10)) {
  console.error(`\nseed ${seed}: npm run simulate -- --seed ${seed} --runs 1`);
  for (const line of broken.slice(0, 5)) console.error(`  ${line}`);
}
if (failed.length > 0) remember(failed.map(({ seed }) => seed).slice(0, 10));
const unproved = runs >= enoughToMeetAll ? untried : [];
if (unproved.length > 0) console.error(`these never happened, so nothing is proved about them: ${unproved.join(', ')}`);
const good = failed.length === 0 && unproved.length === 0;
tellCounts({ passed: runs - failed.length, failed: failed.length + unproved.length });
if (good && values.proof)
  await writeProof('simulate', `npm run simulate -- --seed ${first} --runs ${runs}`, {
    ...{ seed: first, runs, steps, seconds: Math.round(seconds), perMinute },
    ...{ broken: failed.length, mishaps, told },
  });
process.exitCode = good ? 0 : 1;

/** A seed that broke a promise once is run with every test from then on. */
function remember(seeds) {
  const file = new URL('./regressions.json', import.meta.url);
  const known = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify([...new Set([...known, ...seeds])])}\n`);
  console.error(`\nthe seeds joined tools/simulate/regressions.json`);
}
