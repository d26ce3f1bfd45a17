/** Runs one project's Jest: ES modules need a flag, and the caller may want the results as JSON. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const folder = process.env.KASIR_TEST_RESULTS;
const name = JSON.parse(readFileSync('package.json', 'utf8')).name.replace(/^@kasir\//, '');
const results = folder === undefined ? [] : ['--json', `--outputFile=${join(folder, `${name}.json`)}`];
/** Also the processes that tests start then live ahead. */
const ahead = fileURLToPath(new URL('test/clock-ahead.mjs', import.meta.url));
const options = [process.env.NODE_OPTIONS, process.env.KASIR_CLOCK_AHEAD_DAYS && `--import=${pathToFileURL(ahead)}`];
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
  { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: options.filter(Boolean).join(' ') } },
);
process.exit(status ?? 1);
