/** Runs one project's Jest: ES modules need a flag, and the caller may want the results as JSON. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const jest = new URL('../node_modules/jest/bin/jest.js', import.meta.url).pathname;
const folder = process.env.KASIR_TEST_RESULTS;
if (folder !== undefined) mkdirSync(folder, { recursive: true });
const results = folder === undefined ? [] : ['--json', `--outputFile=${join(folder, `${basename(process.cwd())}.json`)}`];
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, '--passWithNoTests', ...results, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
