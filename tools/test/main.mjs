/** Runs the tests of every project, or of those named, against a Kafka and a PostgreSQL of their own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chosenProjects } from './chosen-projects.mjs';
import { claimTestFolder } from './test-folder.mjs';
import { runTests } from './run-tests.mjs';
import { startServers } from './servers.mjs';
import { summarise } from './summary.mjs';

const complaints = [];
let counts = { passed: 0, failed: 0 };
/** What has been started, to be ended in the opposite order. */
const endings = [];
let runner;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // Servers that are still starting are ended by their guard as soon as we are gone.
    if (runner === undefined) process.exit(1);
    if (!complaints.includes('interrupted')) complaints.push('interrupted');
    void runner.stop();
  });

try {
  await run(chosenProjects(process.argv.slice(2)));
} catch (error) {
  complaints.push(error.message);
}
for (const end of endings.reverse()) await end().catch((error) => complaints.push(`while stopping: ${error.message}`));
for (const complaint of complaints) console.log(complaint);
console.log(`Tests: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(complaints.length > 0 || counts.failed > 0 ? 1 : 0);

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
  complaints.push(...summary.complaints);
  if (!succeeded && complaints.length === 0) complaints.push('Nx failed');
}
