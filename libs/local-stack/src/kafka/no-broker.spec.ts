import { existsSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder, removeFolders } from '../test-support/folders.specs.js';
import { kafkaJars } from './jars.js';
import { NoBroker } from './no-broker.js';
import { startKafka } from './start-kafka.js';

const java17 = `echo 'openjdk version "17.0.1" 2021-10-19' >&2`;

describe('a machine on which no Kafka can be started', () => {
  afterAll(removeFolders);

  it.each([
    ['has no Java', {}, /there is no Java \(java\)/],
    [
      'has an old Java',
      { java: `echo 'java version "1.8.0_402"' >&2` },
      /java is Java 1\.8\.0_402, and Kafka needs Java 17/,
    ],
    [
      'has another old Java',
      { java: `echo 'openjdk version "11.0.2" 2019-01-15' >&2` },
      /java is Java 11\.0\.2, and Kafka needs Java 17/,
    ],
    ['has no Maven', { java: java17 }, /there is no Maven \(mvn\)/],
    [
      'has no network',
      { java: java17, mvn: '[ "$1" = -v ] || { echo "Unknown host: the repository"; exit 1; }' },
      /Unknown host: the repository/,
    ],
  ])('hears the ways to get one when it %s', async (_, programs, reason) => {
    const env = await machineWith(programs);
    const starting = startKafka({ folder: await openFolder(), cacheFolder: await openFolder(), env });
    const error = (await starting.catch((thrown: unknown) => thrown)) as Error;
    expect(error).toBeInstanceOf(NoBroker);
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(/KAFKA_BROKERS=127\.0\.0\.1:9092/);
    expect(error.message).toMatch(/install Java 17 or newer and Maven/);
  });

  it('takes the Java of JAVA_HOME', async () => {
    const env = await machineWith({ java: java17 });
    const home = await openFolder();
    const starting = startKafka({ folder: home, cacheFolder: home, env: { ...env, JAVA_HOME: home } });
    await expect(starting).rejects.toThrow(`there is no Java (${join(home, 'bin', 'java')})`);
  });
});

describe("Kafka's jars", () => {
  afterAll(removeFolders);

  it('are fetched once by two that start at the same moment, and never again', async () => {
    const env = await machineWith({ mvn: `${countingMaven}; until [ -e "$HOME/waited for" ]; do sleep 0.05; done` });
    const cache = await openFolder();
    const lines: string[] = [];
    const log = (line: string) => {
      lines.push(line);
      if (line.startsWith('waiting')) writeFileSync(join(env.HOME, 'waited for'), '');
    };
    const [one, other] = await Promise.all([kafkaJars(cache, env, log), kafkaJars(cache, env, log)]);
    expect(await kafkaJars(cache, {}, log)).toBe(one);
    expect(other).toBe(one);
    expect(await readdir(one)).toEqual(['kafka.jar']);
    expect(await readFile(join(env.HOME, 'fetched'), 'utf8')).toBe('fetched\n');
    expect(lines.sort()).toEqual([
      "fetching Kafka's jars with Maven, once (about 45 MB) …",
      "waiting for another run that is fetching Kafka's jars …",
    ]);
  });

  it('are not there when fetching them was cut short, so the next start fetches them', async () => {
    const cache = await openFolder();
    const failing = await machineWith({ mvn: `${whereTo}; touch "$folder/half.jar"; [ "$1" = -v ]` });
    await expect(kafkaJars(cache, failing)).rejects.toThrow(NoBroker);
    const jars = await kafkaJars(cache, await machineWith({ mvn: countingMaven }));
    expect(existsSync(join(jars, 'half.jar'))).toBe(false);
    expect(await readdir(jars)).toEqual(['kafka.jar']);
  });
});

const whereTo = 'for argument; do case $argument in -DoutputDirectory=*) folder=${argument#*=} ;; esac; done';
const countingMaven = `[ "$1" = -v ] && exit; echo fetched >> "$HOME/fetched"; ${whereTo}; touch "$folder/kafka.jar"`;

/** An environment with no programs but a shell's own, and the given ones. */
async function machineWith(programs: Record<string, string>): Promise<{ PATH: string; HOME: string }> {
  const folder = await openFolder();
  await mkdir(join(folder, 'bin'));
  for (const [name, script] of Object.entries({ ...programs, ...basics })) {
    const file = join(folder, 'bin', name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return { PATH: join(folder, 'bin'), HOME: folder };
}

const basics = Object.fromEntries(['sh', 'sleep', 'touch'].map((name) => [name, `exec /bin/${name} "$@"`]));
