/** Plants violations of every boundary in the tree and checks that the right rule bites each; removes them again. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { innocent, planted } from './plants.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'));
const namePattern = /^planted-(\d+)-/;

process.chdir(root);
const written = [];
const madeFolders = [];
removeLeftovers();
process.on('exit', removePlants);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

const seeds = [...planted, ...innocent].map(sow);
const { output } = await cruise(
  written,
  { ...options, ruleSet: { forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig(options.tsConfig.fileName) },
);
const complaints = [...seeds.flatMap(judge), ...rulesWithoutPlant()];
removePlants();
for (const complaint of complaints) console.error(`  ${complaint}`);
if (complaints.length > 0) {
  console.error(`boundaries: ${complaints.length} of ${seeds.length} plants were not judged as they should be`);
  process.exit(1);
}
console.log(
  `boundaries: ${planted.length} planted violations bitten by their rules, ${innocent.length} innocent imports left alone`,
);

function sow(seed, index) {
  const ending = seed.ending ?? '.ts';
  const [self, beside] = ['a', 'b'].map((which) => `planted-${process.pid}-${index}-${which}`);
  const named = (source) => source.replaceAll('PLANT', beside).replaceAll('SELF', self);
  const files = [write(join(seed.in, self + ending), named(seed.source))];
  if (seed.beside !== undefined)
    files.push(write(join(seed.beside, `${beside}.ts`), named(seed.besideSource ?? 'export {};\n')));
  return { ...seed, files };
}

function write(file, source) {
  const made = mkdirSync(dirname(file), { recursive: true });
  if (made !== undefined) madeFolders.push(dirname(file));
  writeFileSync(file, source);
  written.push(file);
  return file;
}

function judge({ rule, files, in: folder, source }) {
  const bitten = output.summary.violations.filter(({ from }) => files.includes(from)).map(({ rule: { name } }) => name);
  const what = `${folder}: ${source.split('\n')[0]}`;
  if (rule === undefined) return bitten.length === 0 ? [] : [`${bitten.join(', ')} bit an innocent import in ${what}`];
  if (bitten.includes(rule)) return [];
  return [`${rule} stayed silent about ${what} (${bitten.length === 0 ? 'nothing' : bitten.join(', ')} bit)`];
}

function rulesWithoutPlant() {
  const covered = new Set(planted.map(({ rule }) => rule));
  const names = new Set(forbidden.map(({ name }) => name));
  return [
    ...[...names].filter((name) => !covered.has(name)).map((name) => `${name} has no planted violation`),
    ...[...covered].filter((name) => !names.has(name)).map((name) => `${name} is planted for but is no rule`),
  ];
}

function removePlants() {
  for (const file of written.splice(0)) rmSync(file, { force: true });
  for (const folder of madeFolders.splice(0).reverse()) if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** What a killed probe left behind. */
function removeLeftovers() {
  for (const folder of new Set([...planted, ...innocent].flatMap((seed) => [seed.in, seed.beside ?? seed.in])))
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (namePattern.test(name) && !lives(Number(namePattern.exec(name)[1]))) rmSync(join(folder, name));
}

function lives(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
