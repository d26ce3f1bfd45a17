/**
 * Runs the tests of every project, or of those named, against a Kafka and a PostgreSQL of their own.
 * `--proof <name>` writes docs/proof/<name>.json when all is well.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeProof } from '../proof.mjs';
import { tellCounts } from '../test-long/tell-counts.mjs';
import { chosenProjects } from './chosen-projects.mjs';
import { claimTestFolder } from './test-folder.mjs';
import { runTests } from './run-tests.mjs';
import { startServers } from './servers.mjs';
import { summarise } from './summary.mjs';

const { values, positionals } = parseArgs({ options: { proof: { type: 'string' } }, allowPositionals: true });
const began = Date.now();
const complaints = [];
let counts = { passed: 0, failed: 0 };
/** What has been started, to be ended in the opposite order. */
const endings = [];
let runner;
let proven = {};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // Servers that are still starting are ended by their guard as soon as we are gone.
    if (runner === undefined) process.exit(1);
    if (!complaints.includes('interrupted')) complaints.push('interrupted');
    void runner.stop();
  });

try {
  await run(chosenProjects(positionals));
} catch (error) {
  complaints.push(error.message);
}
for (const end of endings.reverse()) await end().catch((error) => complaints.push(`while stopping: ${error.message}`));
for (const complaint of complaints) console.log(complaint);
console.log(`Tests: ${counts.passed} passed, ${counts.failed} failed`);
tellCounts(counts);
const good = complaints.length === 0 && counts.failed === 0;
if (good && values.proof !== undefined) await prove(values.proof);
process.exit(good ? 0 : 1);

async function prove(name) {
  const command = ['npm', 'test', '--', ...positionals, '--proof', name].join(' ');
  const settings = ['KASIR_TALES', 'KASIR_CLOCK_AHEAD_DAYS'].filter((name) => process.env[name] !== undefined);
  const env = settings.map((name) => `${name}=${process.env[name]} `).join('');
  const seconds = Math.round((Date.now() - began) / 1_000);
  await writeProof(name, env + command, { seconds, ...proven, ...counts });
}

async function run(projects) {
  const folder = claimTestFolder();
  endings.push(folder.remove);
  const servers = await startServers(folder.path, endings);
  console.log(servers.versions);
  const results = join(folder.path, 'results');
  mkdirSync(results);
  runner = runTests(projects, { ...servers.env, KASIR_TEST_RESULTS: results });
  const succeeded = await runner.ended;
  const summary = summarise(projects, results);
  counts = summary.counts;
  proven = { kafka: servers.kafka, postgres: servers.postgres, projects: summary.projects };
  complaints.push(...summary.complaints);
  if (!succeeded && complaints.length === 0) complaints.push('Nx failed');
}
