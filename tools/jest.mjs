/** Runs one project's Jest: ES modules need a flag, and the caller may want the results as JSON. */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const folder = process.env.KASIR_TEST_RESULTS;
const results =
  folder === undefined ? [] : ['--json', `--outputFile=${join(folder, `${basename(process.cwd())}.json`)}`];
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--passWithNoTests',
    ...results,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
