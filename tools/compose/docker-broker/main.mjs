/** Proves the third way to a broker: a machine with Docker and without Java. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka, waitUntil } from '@kasir/local-stack';
import { docker, linesOf, requireDocker } from '../test/docker.mjs';
import { expectations, expectSame, expectTrue } from '../test/expect.mjs';
import { acknowledges, wordsUntil, send } from './records.mjs';

const child = fileURLToPath(new URL('./child.mjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'kasir-docker-broker-'));
const folder = join(home, 'kafka');
const env = machineWithDockerOnly();
const containers = async () =>
  linesOf(await docker(['ps', '-aq', '--filter', `label=kasir.folder=${folder}/container`]));
const gone = () =>
  waitUntil(async () => ((await containers()).length === 0 ? true : undefined), {
    what: 'no container is left',
    timeoutMs: 30_000,
  });

try {
  await requireDocker();
  await liveThrough();
  await dieWithTheParent();
  console.log(`${expectations()} expectations met`);
} catch (error) {
  console.error(error.cause === undefined ? error.message : `${error.message}: ${error.cause.message}`);
  process.exitCode = 1;
} finally {
  for (const id of await containers()) await docker(['rm', '--force', '--volumes', id]);
  rmSync(home, { recursive: true, force: true });
}

async function liveThrough() {
  const kafka = await startKafka({ folder, cacheFolder: home, port: 0, env, log: console.log });
  expectTrue('Docker is the way that was taken', kafka.describe.includes('container of apache/kafka:4.4.0'));
  expectSame('the broker says its version', kafka.version, '4.4.0');
  const before = [...kafka.brokers];
  await send(before, 'one');
  await kafka.kill();
  expectSame('a killed broker leaves no container', await containers(), []);
  await kafka.restart();
  expectSame('it comes back at its address', kafka.brokers, before);
  expectSame('with its records', await wordsUntil(before, 'one'), ['one']);
  kafka.freeze();
  expectTrue('a frozen broker acknowledges nothing', !(await acknowledges(before, 'two')));
  kafka.resume();
  await send(before, 'three');
  await kafka.restart();
  expectTrue('a restart keeps what was acknowledged', (await wordsUntil(before, 'three')).includes('one'));
  await kafka.stop();
  expectSame('a stopped broker leaves no container', await containers(), []);
}

/** However the process ends that started the broker, the broker ends too. */
async function dieWithTheParent() {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    const parent = spawn(process.execPath, [child, folder], { env });
    await new Promise((resolve, reject) => {
      parent.stdout.once('data', resolve);
      parent.once('exit', (code) => reject(new Error(`the parent ended by itself (${code})`)));
    });
    expectSame('a process has its broker', (await containers()).length, 1);
    parent.removeAllListeners('exit');
    parent.kill(signal);
    await gone();
    expectSame(`and leaves no container when it hears ${signal}`, await containers(), []);
  }
}

/** Where Kafka's jars cannot be run: Docker, and what a shell needs, is all there is. */
function machineWithDockerOnly() {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const name of ['docker', 'sh', 'sleep']) {
    const found = process.env.PATH.split(delimiter).find((place) => existsSync(join(place, name)));
    if (found !== undefined) symlinkSync(join(found, name), join(bin, name));
  }
  return { ...process.env, PATH: bin, JAVA_HOME: '' };
}
