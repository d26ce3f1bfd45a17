/** A million forgeries against the verifier of signatures. `--runs <n>`, `--seed <n>`. Writes docs/proof/fuzz.json. */
import './verification-count.mjs';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { writeProof } from '../proof.mjs';
import { tellCounts } from '../test-long/tell-counts.mjs';
import { attack } from './attack.mjs';
import { genuine } from './corpus.mjs';
import { randomOf } from './random.mjs';
import { slowPaths } from './slow-paths.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = wholeNumber('runs', values.runs ?? '1300000');
const seed = wholeNumber('seed', values.seed ?? String(randomInt(1, 2 ** 31)));

console.log(`${runs.toLocaleString('en')} forgeries of ${genuine.length} signed calls, seed ${seed}`);
const began = Date.now();
const { counts, found, microseconds } = attack(randomOf(seed), runs, (run) =>
  process.stdout.write(run === 0 ? '' : '.'),
);
console.log('');
const adversarial = slowPaths();
const keyTriedInVain = adversarial.filter(({ what, keysTried }) => what.startsWith('header') && keysTried > 0);

for (const one of found.slice(0, 5)) console.error(JSON.stringify(one));
const good = found.length === 0 && keyTriedInVain.length === 0;
tellCounts({ passed: runs - found.length, failed: found.length + keyTriedInVain.length });
console.log(
  `${counts.changed} changed calls (${counts.changedBodies} bodies, ${counts.changedHeaders} headers): ` +
    `${counts.forgedAccepted} forged accepted, ${counts.genuineRefused} genuine refused, ${counts.crashes} crashes`,
);
if (good && counts.changed >= 1_000_000)
  await writeProof('fuzz', 'npm run test:fuzz', {
    seconds: Math.round((Date.now() - began) / 1000),
    seed,
    genuine: genuine.map(({ name }) => name),
    ...counts,
    microseconds,
    adversarial,
  });
process.exit(good ? 0 : 1);

/** No attack at all would be a green one. */
function wholeNumber(name, text) {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  console.error(`--${name} must be a whole number from 1`);
  process.exit(2);
}
