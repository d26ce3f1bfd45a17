/** Proves docker-compose.yml on a real Docker engine: builds, pays amid restarts, and leaves nothing behind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Deployment } from './test/deployment.mjs';
import { docker, requireDocker } from './test/docker.mjs';
import { expectations } from './test/expect.mjs';
import { limits } from './test/numbers.mjs';
import { writeProof } from './test/proof.mjs';
import { prove } from './test/prove.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const machine = { cpus: cpus().length, load: loadavg().map((load) => Math.round(load * 100) / 100) };
let deployment;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void giveUp(new Error(`interrupted (${signal})`)).then(() => process.exit(1)));

try {
  const versions = await requireDocker();
  deployment = await Deployment.at(root);
  console.log(`Docker ${versions.engine}, Compose ${versions.compose}, project ${deployment.name}`);
  const findings = await prove(deployment);
  writeProof(root, { versions, machine, limits, expectations: expectations(), ...findings });
  await docker(['image', 'rm', deployment.image]);
  console.log(`${expectations()} expectations met; docs/proof/compose.json says more`);
} catch (error) {
  await giveUp(error);
}

/** Says why, keeps the logs, and takes everything away. */
async function giveUp(error) {
  process.exitCode = 1;
  console.error(error.cause === undefined ? error.message : `${error.message}: ${error.cause.message}`);
  if (deployment === undefined) return;
  const logs = join(root, '.local', 'compose-test.log');
  mkdirSync(join(root, '.local'), { recursive: true });
  writeFileSync(logs, await deployment.compose(['logs', '--no-color']).catch((failure) => failure.message));
  console.error(`the containers' logs: ${logs}`);
  await deployment.down('-v').catch((failure) => console.error(failure.message));
  await docker(['image', 'rm', deployment.image]).catch(() => undefined);
}
