/** A million forgeries against the verifier of signatures. `--runs <n>`, `--seed <n>`. Writes docs/proof/fuzz.json. */
import './verification-count.mjs';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../bootstrap/root.mjs';
import { attack } from './attack.mjs';
import { genuine } from './corpus.mjs';
import { randomOf } from './random.mjs';
import { slowPaths } from './slow-paths.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = Number(values.runs ?? 1_300_000);
const seed = Number(values.seed ?? randomInt(2 ** 31));

console.log(`${runs.toLocaleString('en')} forgeries of ${genuine.length} signed calls, seed ${seed}`);
const began = Date.now();
const { counts, found, slowest } = attack(randomOf(seed), runs, (run) => process.stdout.write(run === 0 ? '' : '.'));
console.log('');
const adversarial = slowPaths();
const keyTriedInVain = adversarial.filter(({ what, keysTried }) => what.startsWith('header') && keysTried > 0);

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const report = {
  commit: git('rev-parse', 'HEAD'),
  date: new Date().toISOString(),
  command: 'npm run test:fuzz',
  node: process.version,
  seconds: Math.round((Date.now() - began) / 1000),
  seed,
  genuine: genuine.map(({ name }) => name),
  ...counts,
  slowestForgery: { ...slowest, microseconds: Math.round(slowest.microseconds) },
  adversarial,
};

for (const one of found.slice(0, 5)) console.error(JSON.stringify(one));
const good = found.length === 0 && keyTriedInVain.length === 0;
console.log(
  `${counts.changed} changed calls (${counts.changedBodies} bodies, ${counts.changedHeaders} headers): ` +
    `${counts.forgedAccepted} forged accepted, ${counts.genuineRefused} genuine refused, ${counts.crashes} crashes`,
);
if (good && counts.changed >= 1_000_000) {
  mkdirSync(join(root, 'docs', 'proof'), { recursive: true });
  writeFileSync(join(root, 'docs', 'proof', 'fuzz.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log('written to docs/proof/fuzz.json');
}
process.exit(good ? 0 : 1);
