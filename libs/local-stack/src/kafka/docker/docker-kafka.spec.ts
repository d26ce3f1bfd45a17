import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder, removeFolders } from '../../test-support/folders.specs.js';
import { NoBroker } from '../no-broker.js';
import { startKafka } from '../start-kafka.js';
import { startScript } from './broker-folder.js';

afterAll(removeFolders);

describe('a machine without Java', () => {
  it('is told of all three ways when it has no Docker either', async () => {
    const error = await refusal(await machineWith({}));
    expect(error).toBeInstanceOf(NoBroker);
    expect(error.message).toContain('there is no Java (java); and there is no Docker (docker)');
    expect(error.message).toMatch(/1\. Name a Kafka[^]*2\. Let us start one[^]*3\. Let Docker start one/);
  });

  it('hears that its Docker has no engine', async () => {
    const error = await refusal(await machineWith({ docker: 'echo "Cannot connect" >&2; exit 1' }));
    expect(error.message).toContain('there is no Java (java); and no Docker engine answers (docker info)');
  });

  it('hears why the image cannot be pulled, which is tried only where it is not there', async () => {
    const env = await machineWith({ docker: withoutImage });
    const lines: string[] = [];
    const error = await refusal(env, (line) => void lines.push(line));
    expect(error.message).toContain('the image apache/kafka:4.4.0 cannot be pulled (no such host)');
    expect(lines).toEqual(['fetching the image apache/kafka:4.4.0, once …']);
    expect(await readFile(join(env.HOME, 'asked'), 'utf8')).toBe(
      `${asked.info}\nimage inspect apache/kafka:4.4.0\npull --quiet apache/kafka:4.4.0\n`,
    );
  });
});

describe("the program of the broker's container", () => {
  const kafka = 'storage() { echo "$*"; }';
  const program = (id: string) =>
    startScript(id)
      .replace('/opt/kafka/bin/kafka-storage.sh', 'storage')
      .replace('exec /opt/kafka/bin/kafka-server-start.sh', 'echo start');

  it('formats once, also when the first time was cut short', async () => {
    const cwd = await openFolder();
    const run = (script: string) => shell(`${kafka}\n${script}`, cwd);
    expect(await run(program('k1').replace('touch formatted', 'false'))).toBe(
      'format -t k1 -c server.properties --add\n',
    );
    expect(await run(program('k1'))).toBe('format -t k1 -c server.properties --add\nstart server.properties\n');
    expect(await run(program('k1'))).toBe('start server.properties\n');
  });
});

const asked = { info: 'info --format {{.ServerVersion}}\t{{.SecurityOptions}}' };
const withoutImage = `echo "$*" >> "$HOME/asked"
case $1 in
  info) printf '27.0.0\\t[name=seccomp]\\n' ;;
  pull) echo 'error from daemon' >&2; echo 'no such host' >&2; exit 1 ;;
  *) exit 1 ;;
esac`;

async function refusal(env: Machine, log?: (line: string) => void): Promise<Error> {
  const folder = await openFolder();
  const options = { folder, cacheFolder: folder, env, ...(log === undefined ? {} : { log }) };
  return startKafka(options).then(
    () => Promise.reject(new Error('a broker was started')),
    (error: Error) => error,
  );
}

type Machine = { readonly PATH: string; readonly HOME: string };

/** An environment with no programs but the given ones. */
async function machineWith(programs: Record<string, string>): Promise<Machine> {
  const folder = await openFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return { PATH: bin, HOME: folder };
}

function shell(script: string, cwd: string): Promise<string> {
  return new Promise((resolve) =>
    execFile('/bin/sh', ['-c', script, 'sh', '--add'], { cwd }, (_, stdout) => resolve(stdout)),
  );
}
